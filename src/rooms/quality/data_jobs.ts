import { defineJob } from '../../platform/jobs/jobs.ts';
import { checkTypes } from './data_rule.ts';
import { runChecks, saveRun } from './data_run.ts';

export const checkData = defineJob({
  name: 'quality.check_data',
  summary: 'Checks the data of all tables by their rules and keeps the scores.',
  schedule: { cron: '10 3 * * *', timeZone: 'UTC' },
  single: true,
  run: async (_data, { db, log }) => {
    const run = await runChecks(db, log, { checkTypes });
    await db.transaction(async (tx) => {
      await saveRun(tx, run, 'schedule', 'schedule', checkTypes);
      await tx.query('select quality.forget_old_runs()');
    });
  },
});

const takeSample = defineJob({
  name: 'quality.take_sample',
  summary: 'Measures connections, waiting work and the busiest statements, for performance-metrics.',
  schedule: { cron: '* * * * *', timeZone: 'UTC' },
  single: true,
  retries: 0,
  run: async (_data, { db }) => {
    await db.query('select quality.take_sample()');
  },
});

export const jobs = [checkData, takeSample];
