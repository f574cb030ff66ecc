import { statfs } from 'node:fs/promises';
import type { Config } from '../../platform/config/config.ts';
import { defineJob } from '../../platform/jobs/jobs.ts';

const snapshot = defineJob({
  name: 'quality.snapshot',
  summary: 'Keeps the counters of PostgreSQL, so that changes between two moments can be told.',
  schedule: { cron: '3 * * * *', timeZone: 'UTC' },
  single: true,
  run: async (_data, { db, config }) => {
    const { free, total } = await disk(config);
    await db.query('select quality.take_snapshot($1, $2)', [free, total]);
  },
});

const watch = defineJob({
  name: 'quality.watch',
  summary: 'Looks at every rule of health; tells when one breaks or recovers.',
  schedule: { cron: '*/5 * * * *', timeZone: 'UTC' },
  single: true,
  retries: 0,
  run: async (_data, { db, log }) => {
    await db.transaction(async (tx) => {
      const changes = await tx.query<{ rule: string; severity: string; evidence: string }>('select * from quality.watch_rules()');
      for (const { rule, severity, evidence } of changes) {
        const isBroken = severity === 'warning' || severity === 'critical';
        log[isBroken ? 'warn' : 'info']({ rule, severity, evidence }, isBroken ? 'a rule of health is broken' : 'a rule of health holds again');
      }
      if (changes.length === 0) return;
      // Listeners ask for what they show; a notification names, and never carries, what changed.
      await tx.query(`select pg_notify('qh', $1)`, [
        JSON.stringify({ topic: 'quality.changed', rules: changes.map(({ rule, severity }) => ({ rule, severity })) }),
      ]);
    });
  },
});

const validate = defineJob({
  name: 'quality.validate',
  summary: 'Measures the SLA suite on the live data and keeps the figures.',
  schedule: { cron: '40 3 * * *', timeZone: 'UTC' },
  single: true,
  retries: 0,
  run: async (_data, { db }) => {
    await db.query('select quality.keep_validation()');
  },
});

const digest = defineJob({
  name: 'quality.digest',
  summary: 'Writes the week in short: errors, slow statements, trends.',
  schedule: { cron: '15 5 * * 1', timeZone: 'UTC' },
  single: true,
  run: async (_data, { db }) => {
    await db.query('select quality.write_digest()');
  },
});

export const jobs = [snapshot, watch, validate, digest];

/** Room on the disk of the embedded database; that of another machine cannot be seen from here. */
async function disk({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<{ free: number | null; total: number | null }> {
  if (databaseUrl !== null) return { free: null, total: null };
  const { bavail, blocks, bsize } = await statfs(dataDir);
  return { free: bavail * bsize, total: blocks * bsize };
}
