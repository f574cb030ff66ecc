import { defineJob } from '../../platform/jobs/jobs.ts';

/** Folding right after a change is the writer's own last step; this catches what a crash left in the log. */
export const refreshRollups = defineJob({
  name: 'statistics.refresh',
  summary: 'Folds touched buckets into the rollups.',
  schedule: { cron: '* * * * *', timeZone: 'UTC' },
  single: true,
  run: async (_data, { db }) => {
    await db.query('select statistics.refresh()');
  },
});

/** Daily, so that a month without its partition is never nearer than two months. */
export const maintainPartitions = defineJob({
  name: 'statistics.maintain',
  summary: 'Makes the partitions of the coming months and refreshes planner statistics.',
  schedule: { cron: '20 2 * * *', timeZone: 'UTC' },
  single: true,
  run: async (_data, { db }) => {
    await db.query('select statistics.maintain()');
  },
});

export const jobs = [refreshRollups, maintainPartitions];
