import { now } from '../clock/clock.ts';
import type { Principal } from '../auth/principal.ts';
import type { Db } from '../db/pool.ts';

interface Count {
  used_on: string;
  principal_id: string;
  principal_kind: string;
  principal_name: string;
  operation: string;
  call_count: number;
  error_count: number;
  total_ms: number;
  max_ms: number;
  last_used_at: string;
}

const maxWaiting = 20_000;

/** Counts calls in memory and writes them down now and then: one statement for all, none per request. */
export class Usage {
  readonly #db: Pick<Db, 'query'>;
  #counts = new Map<string, Count>();

  constructor(db: Pick<Db, 'query'>) {
    this.#db = db;
  }

  count({ id, kind, name }: Principal, operation: string, status: number, ms: number): void {
    const moment = now().toISOString();
    const used_on = moment.slice(0, 10);
    const key = `${used_on} ${operation} ${id}`;
    let count = this.#counts.get(key);
    if (count === undefined) {
      // While the database is away no more is remembered than this.
      if (this.#counts.size >= maxWaiting) return;
      const sums = { call_count: 0, error_count: 0, total_ms: 0, max_ms: 0, last_used_at: moment };
      count = { used_on, principal_id: id, principal_kind: kind, principal_name: name, operation, ...sums };
      this.#counts.set(key, count);
    }
    count.call_count++;
    if (status >= 400) count.error_count++;
    count.total_ms += ms;
    count.max_ms = Math.max(count.max_ms, ms);
    count.last_used_at = moment;
  }

  /** Adds what was counted to the table; what could not be written is counted again. */
  async save(): Promise<void> {
    const counts = this.#counts;
    if (counts.size === 0) return;
    this.#counts = new Map();
    try {
      await this.#db.query(
        `insert into platform.usage as u (used_on, principal_id, operation, principal_kind, principal_name, call_count, error_count, total_ms, max_ms, last_used_at)
         select c.used_on, c.principal_id, c.operation, c.principal_kind, c.principal_name, c.call_count, c.error_count, c.total_ms, c.max_ms, c.last_used_at
         from json_populate_recordset(null::platform.usage, $1::json) c
         order by c.used_on, c.principal_id, c.operation
         on conflict (used_on, principal_id, operation) do update set
           principal_name = excluded.principal_name, call_count = u.call_count + excluded.call_count, error_count = u.error_count + excluded.error_count,
           total_ms = u.total_ms + excluded.total_ms, max_ms = greatest(u.max_ms, excluded.max_ms),
           last_used_at = greatest(u.last_used_at, excluded.last_used_at)`,
        [JSON.stringify([...counts.values()])],
      );
    } catch (error) {
      for (const [key, count] of counts) this.#takeBack(key, count);
      throw error;
    }
  }

  #takeBack(key: string, count: Count): void {
    const since = this.#counts.get(key);
    if (since === undefined) {
      this.#counts.set(key, count);
      return;
    }
    since.call_count += count.call_count;
    since.error_count += count.error_count;
    since.total_ms += count.total_ms;
    since.max_ms = Math.max(since.max_ms, count.max_ms);
  }
}
