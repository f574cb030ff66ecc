import { defineJob } from '../../platform/jobs/jobs.ts';
import { applyRetention } from './retention.ts';

/** Folding right after a change is the writer's own last step; this catches what a crash left in the log. */
const refreshRollups = defineJob({
  name: 'statistics.refresh',
  summary: 'Folds touched buckets into the rollups; refreshes planner statistics after large imports.',
  schedule: { cron: '* * * * *', timeZone: 'UTC' },
  single: true,
  run: async (_data, { db }) => {
    await db.query('select statistics.refresh()');
    // In a transaction of its own, so that nobody waits for the lock of the folding meanwhile.
    await db.query('select statistics.analyze_changed()');
  },
});

/** Daily, so that a month without its partition is never nearer than two months. */
const maintainPartitions = defineJob({
  name: 'statistics.maintain',
  summary: 'Makes the partitions of the coming months, refreshes planner statistics, and lets go of detail that the retention policy does not keep.',
  schedule: { cron: '20 2 * * *', timeZone: 'UTC' },
  single: true,
  run: async (_data, { db, log, doer }) => {
    await db.query('select statistics.maintain()');
    const months = await applyRetention(db, doer);
    if (months > 0) log.info({ months }, 'detail was let go of by the retention policy');
  },
});

export const jobs = [refreshRollups, maintainPartitions];
