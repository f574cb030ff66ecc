import { createHash } from 'node:crypto';
import { now } from '../clock/clock.ts';
import type { Db, Statement } from '../db/pool.ts';
import type { Log } from '../log/log.ts';

interface Slow {
  statement_id: string;
  statement: string;
  operation: string | null;
  slow_count: number;
  total_ms: number;
  max_ms: number;
  last_request_id: string | null;
  last_at: string;
}

const limits = { waiting: 100, kept: 500, plansAtOnce: 3, characters: 10_000, planHours: 24 };

/**
 * The log of slow statements: a line in the log at once, and a row per text with its plan soon after. The plan is asked for on our side, because
 * auto_explain needs a superuser; it is the generic one, so that no value of a caller is written down.
 */
export class SlowStatements {
  readonly #log: Log;
  #waiting = new Map<string, Slow>();
  count = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  note({ text, ms, about }: Statement): void {
    this.count++;
    const statement = text.slice(0, limits.characters);
    // Somebody waits for a request. Work of our own, as after an import, may take its seconds: it is counted and kept, not a warning.
    this.#log[about === null ? 'debug' : 'warn']({ ...about, ms: Math.round(ms), statement: statement.slice(0, 500) }, 'slow statement');
    const statement_id = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const former = this.#waiting.get(statement_id);
    if (former === undefined && this.#waiting.size >= limits.waiting) return;
    this.#waiting.set(statement_id, {
      statement_id,
      statement,
      operation: about?.operation ?? null,
      slow_count: (former?.slow_count ?? 0) + 1,
      total_ms: (former?.total_ms ?? 0) + ms,
      max_ms: Math.max(former?.max_ms ?? 0, ms),
      last_request_id: about?.request_id ?? null,
      last_at: now().toISOString(),
    });
  }

  /** Writes down what was slow, and the plans that are missing or old. */
  async save(db: Db): Promise<void> {
    const slow = [...this.#waiting.values()];
    if (slow.length === 0) return;
    this.#waiting = new Map();
    const unplanned = await db.query<{ statement_id: string | null }>(
      `insert into platform.slow_statements as s (statement_id, statement, operation, slow_count, total_ms, max_ms, last_request_id, last_at)
       select n.statement_id, n.statement, n.operation, n.slow_count, n.total_ms, n.max_ms, n.last_request_id, n.last_at
       from json_populate_recordset(null::platform.slow_statements, $1::json) n order by n.statement_id
       on conflict (statement_id) do update set
         operation = excluded.operation, slow_count = s.slow_count + excluded.slow_count, total_ms = s.total_ms + excluded.total_ms,
         max_ms = greatest(s.max_ms, excluded.max_ms), last_request_id = excluded.last_request_id, last_at = excluded.last_at
       returning case when planned_at is null or planned_at < platform.now() - make_interval(hours => $2) then statement_id end as statement_id`,
      [JSON.stringify(slow), limits.planHours],
    );
    const wanted = new Set(unplanned.map((row) => row.statement_id));
    for (const statement of slow.filter(({ statement_id: id }) => wanted.has(id)).slice(0, limits.plansAtOnce)) await savePlan(db, statement);
    await db.query(
      `delete from platform.slow_statements where statement_id in (select statement_id from platform.slow_statements order by last_at desc offset $1)`,
      [limits.kept],
    );
  }
}

async function savePlan(db: Db, { statement_id: id, statement }: Slow): Promise<void> {
  const { plan, problem } = await explain(db, statement);
  await db.query('update platform.slow_statements set plan = $2, plan_problem = $3, planned_at = platform.now() where statement_id = $1', [
    id,
    plan,
    problem,
  ]);
}

/** The plan for any values: PostgreSQL 15 has no `generic_plan`, so the statement is prepared and its generic plan forced. */
async function explain(db: Db, statement: string): Promise<{ plan: string | null; problem: string | null }> {
  if (!/^\s*(select|with|insert|update|delete|merge|values)\b/i.test(statement)) return { plan: null, problem: 'EXPLAIN does not take it.' };
  if (statement.length >= limits.characters) return { plan: null, problem: 'It is too long.' };
  const places = Math.max(0, ...[...statement.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
  const values = places === 0 ? '' : `(${Array.from({ length: places }, () => 'null').join(', ')})`;
  let lines: { 'QUERY PLAN': string }[] = [];
  try {
    await db.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '2s'; set local plan_cache_mode = force_generic_plan; prepare qh_slow as ${statement}`);
      lines = await tx.query(`explain execute qh_slow${values}`);
      // A prepared statement would outlive the transaction.
      await tx.query('deallocate qh_slow');
    });
    return { plan: lines.map((line) => line['QUERY PLAN']).join('\n'), problem: null };
  } catch (error) {
    return { plan: null, problem: error instanceof Error ? error.message.slice(0, 300) : 'EXPLAIN failed.' };
  }
}
