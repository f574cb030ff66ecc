import type { Db } from '../../platform/db/pool.ts';
import { fromPostgres, QhError } from '../../platform/errors.ts';

export interface Refresh {
  cause: 'manual' | 'scheduled' | 'demo';
  /** Count everything anew. */
  full?: boolean;
}

/** What a refresh came to, as the routes show it. */
export interface RefreshResult {
  success: boolean;
  total_views: number;
  successful_refreshes: number;
  total_duration_ms: number;
  refreshed_at: string | null;
  details: {
    view_name: string;
    status: string;
    duration_ms: number;
    error_message: string | null;
    row_count: number;
    changed_count: number;
    is_incremental: boolean;
  }[];
  error: string | null;
}

/**
 * Refreshes all views as one run. That it began is committed on a connection of its own while the lock is held, so that a refresh that is
 * killed stands in the log with the reason. Null when another refresh is running, or when none is due.
 */
export async function refreshViews(db: Db, { cause, full = false }: Refresh): Promise<RefreshResult | null> {
  let runId: number | null = null;
  try {
    await db.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`);
      const [lock] = await tx.query<{ taken: boolean }>('select marketplace.lock_refresh(false) as taken');
      if (lock?.taken !== true) return;
      let due: Date | null = null;
      if (cause === 'scheduled') {
        // Under the lock: what another node did in the meantime is no longer due.
        due = (await db.query<{ due: Date | null }>('select marketplace.due_run() as due'))[0]!.due;
        if (due === null) return;
      }
      runId = (await db.query<{ id: number }>('select marketplace.begin_run($1, $2, $3) as id', [cause, due, full]))[0]!.id;
      await tx.query('select marketplace.refresh_views($1, $2)', [runId, full]);
    });
  } catch (error) {
    if (runId === null) throw error;
    const known = fromPostgres(error);
    const reason = error instanceof Error ? error.message : known.message;
    await db.query('select marketplace.fail_run($1, $2)', [runId, `The refresh was stopped: ${reason}. What the views showed before stayed.`]);
    throw new QhError(known.code === 'unavailable' ? 'unavailable' : 'internal', `The refresh was stopped: ${reason}`, { cause: error });
  }
  if (runId === null) return null;
  const [row] = await db.query<{ result: RefreshResult }>('select marketplace.run_result($1) as result', [runId]);
  return row!.result;
}
