import { appendAudit, type Doer } from '../../platform/audit/append.ts';
import { jobDoer } from '../../platform/jobs/jobs.ts';
import type { Db } from '../../platform/db/pool.ts';

/** Lets go of the months that the policy names today, each in a transaction of its own, so that readers wait only moments; answers how many. */
export async function applyRetention(db: Pick<Db, 'query' | 'transaction'>, doer: Doer = jobDoer('statistics.maintain')): Promise<number> {
  const months = await db.query<{ month: string }>(`select to_char(d.month, 'YYYY-MM-DD') as month from statistics.due_months() d order by 1`);
  for (const { month } of months)
    await db.transaction(async (tx) => {
      await tx.query('select statistics.drop_month($1)', [month]);
      await appendAudit(tx, doer, { operation: 'statistics.drop_month', object: `month=${month.slice(0, 7)}` });
    });
  return months.length;
}
