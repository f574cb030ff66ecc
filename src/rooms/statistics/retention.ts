import type { Db } from '../../platform/db/pool.ts';

/** Lets go of the months that the policy names today, each in a transaction of its own, so that readers wait only moments; answers how many. */
export async function applyRetention(db: Pick<Db, 'query'>): Promise<number> {
  const months = await db.query<{ month: string }>(`select to_char(d.month, 'YYYY-MM-DD') as month from statistics.due_months() d order by 1`);
  for (const { month } of months) await db.query('select statistics.drop_month($1)', [month]);
  return months.length;
}
