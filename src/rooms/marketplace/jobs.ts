import { appendAudit, type Doer } from '../../platform/audit/append.ts';
import type { Db } from '../../platform/db/pool.ts';
import { defineJob } from '../../platform/jobs/jobs.ts';
import { tellAlerts } from './alerts.ts';
import { type Refresh, refreshViews } from './refresh_views.ts';

/** Looks every minute whether a refresh is due; the time itself is a setting in the database, so a new one holds everywhere at once. */
export const tick = defineJob({
  name: 'marketplace.tick',
  summary: 'Refreshes the views of key figures when their time has come, also one that was missed.',
  schedule: { cron: '* * * * *', timeZone: 'UTC' },
  single: true,
  retries: 0,
  run: async (_data, { db, log, doer }) => {
    await db.query('update marketplace.settings set ticked_at = platform.now()');
    await db.query('select marketplace.use_pg_cron()');
    const result = await auditedRefresh(db, 'scheduled', doer);
    if (result !== null) log.info({ ms: result.total_duration_ms, error: result.error }, 'the views of key figures were refreshed');
    await tellAlerts(db, log);
  },
});

const refreshNow = defineJob({
  name: 'marketplace.refresh',
  summary: 'Refreshes the views of key figures because somebody asked for it.',
  single: true,
  retries: 0,
  run: async (_data, { db, doer }) => {
    await auditedRefresh(db, 'manual', doer);
  },
});

async function auditedRefresh(db: Db, cause: Refresh['cause'], doer: Doer) {
  const result = await refreshViews(db, { cause });
  if (result === null) return null;
  const { success, total_views, successful_refreshes, error } = result;
  const after = { cause, success, total_views, successful_refreshes, error };
  await db.transaction((tx) => appendAudit(tx, doer, { operation: 'marketplace.refresh', after }));
  return result;
}

export const jobs = [tick, refreshNow];
