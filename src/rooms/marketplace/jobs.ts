import { defineJob } from '../../platform/jobs/jobs.ts';
import { evaluate } from '../../platform/rules/rules.ts';
import { refreshViews } from './refresh_views.ts';
import { rules } from './rules.ts';

/** Looks every minute whether a refresh is due; the time itself is a setting in the database, so a new one holds everywhere at once. */
export const tick = defineJob({
  name: 'marketplace.tick',
  summary: 'Refreshes the views of key figures when their time has come, also one that was missed.',
  schedule: { cron: '* * * * *', timeZone: 'UTC' },
  single: true,
  retries: 0,
  run: async (_data, { db, log }) => {
    await db.query('update marketplace.settings set ticked_at = platform.now()');
    await db.query('select marketplace.use_pg_cron()');
    const result = await refreshViews(db, { cause: 'scheduled' });
    if (result !== null) log.info({ ms: result.total_duration_ms, error: result.error }, 'the views of key figures were refreshed');
    for (const broken of (await evaluate(rules, db, log)).filter(({ severity }) => severity === 'warning' || severity === 'critical'))
      log.error({ rule: broken.name, value: broken.value }, `alert: ${broken.evidence}`);
  },
});

export const refreshNow = defineJob({
  name: 'marketplace.refresh',
  summary: 'Refreshes the views of key figures because somebody asked for it.',
  single: true,
  retries: 0,
  run: async (_data, { db }) => {
    await refreshViews(db, { cause: 'manual' });
  },
});

export const jobs = [tick, refreshNow];
