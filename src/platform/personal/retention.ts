import type { Tx } from '../db/pool.ts';

/** Days for which what is personal is kept, by kind; null: for good. */
export interface Retention {
  former_employees: number | null;
  sign_in_failures: number | null;
  idempotency_keys: number | null;
  invitations: number | null;
}

type Runner = Pick<Tx, 'query'>;
const fallback: Retention = { former_employees: null, sign_in_failures: 30, idempotency_keys: 7, invitations: 90 };
const setting = 'personal.retention';

export async function readRetention(tx: Runner): Promise<Retention> {
  const [row] = await tx.query<{ value: Partial<Retention> }>('select value from platform.settings where name = $1', [setting]);
  return { ...fallback, ...row?.value };
}

export async function changeRetention(tx: Runner, change: Partial<Retention>): Promise<Retention> {
  const value = { ...(await readRetention(tx)), ...change };
  await tx.query(
    `insert into platform.settings (name, value, updated_at) values ($1, $2, platform.now())
     on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`,
    [setting, JSON.stringify(value)],
  );
  return value;
}

/** Deletes what platform itself keeps of people beyond its days; gives the numbers of rows. */
export async function deleteExpired(tx: Runner, { sign_in_failures, idempotency_keys, invitations }: Retention): Promise<Record<string, number>> {
  const old = (column: string, days: number | null): [string, unknown[]] => [`${column} < platform.now() - make_interval(days => $1)`, [days]];
  const counts: Record<string, number> = {};
  for (const [table, column, days] of [
    ['sign_in_failures', 'last_failed_at', sign_in_failures],
    ['idempotency_keys', 'created_at', idempotency_keys],
    ['invitations', 'expires_at', invitations],
    // A session that has ended opens nothing; it is kept no day longer.
    ['sessions', 'expires_at', 0],
  ] as const) {
    if (days === null) continue;
    const [condition, values] = old(column, days);
    const [row] = await tx.query<{ count: number }>(
      `with gone as (delete from platform.${table} where ${condition} returning 1) select count(*)::int as count from gone`,
      values,
    );
    counts[table] = row!.count;
  }
  return counts;
}
