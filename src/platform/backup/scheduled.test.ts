import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fingerprints } from '../../app/backup_fingerprints.ts';
import { testSecretKey } from '../../../test/cluster.ts';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { backupFolder } from '../../../test/fixtures/backups.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';
import { parseConfig } from '../config/config.ts';
import { createLog } from '../log/log.ts';
import { scheduledBackup, type ScheduledOptions } from './jobs.ts';
import { kept, removeOld } from './retention.ts';
import { readState } from './state.ts';

const { place } = backupFolder();
const log = createLog({ level: 'silent', readable: false });
const day = 86_400_000;
const at = (text: string): number => Date.parse(`${text}Z`);

describe('which scheduled backups stay', () => {
  test('the newest of each of 7 days and of each of 4 weeks', () => {
    const nights = Array.from({ length: 60 }, (_, index) => at('2025-03-31T03:30:00') - index * day);
    const stay = [...kept(nights, 7, 4)].toSorted((a, b) => b - a).map((moment) => new Date(moment).toISOString().slice(0, 10));
    // 31 March 2025 is a Monday; a week's newest is its Sunday.
    expect(stay).toEqual([
      '2025-03-31',
      '2025-03-30',
      '2025-03-29',
      '2025-03-28',
      '2025-03-27',
      '2025-03-26',
      '2025-03-25',
      '2025-03-23',
      '2025-03-16',
    ]);
  });

  test('nights without a backup do not cost an older one', () => {
    const moments = [at('2025-03-31T03:30:00'), at('2025-01-01T03:30:00'), at('2024-06-01T03:30:00')];
    expect(kept(moments, 7, 4).size).toBe(3);
  });

  test('what a person made stays, and what has no manifest is not looked at', async () => {
    const parent = place();
    for (const name of ['daily-20250301T033000Z', 'daily-20250302T033000Z', '20240101T000000Z', 'mine']) {
      mkdirSync(path.join(parent, name), { recursive: true });
      writeFileSync(path.join(parent, name, 'manifest.sha256'), '');
    }
    mkdirSync(path.join(parent, 'daily-20240101T033000Z'));
    await removeOld(parent, 1, 0);
    expect(readdirSync(parent).toSorted()).toEqual(['20240101T000000Z', 'daily-20240101T033000Z', 'daily-20250302T033000Z', 'mine']);
  });
});

interface Night {
  source: TestDatabase;
  dataDir: string;
  run: (change?: Partial<ScheduledOptions>) => ReturnType<typeof scheduledBackup>;
  health: () => Promise<Record<string, string>>;
  evidence: () => Promise<string>;
}

async function night(settings: object): Promise<Night> {
  const source = await testDatabase();
  await loadSmall(source);
  await source.db.query(`insert into platform.settings values ('backup', $1, platform.now())`, [JSON.stringify(settings)]);
  const dataDir = place();
  const config = { ...parseConfig({ QH_DATA_DIR: dataDir, QH_SECRET_KEY: testSecretKey }), databaseUrl: source.url('superuser') };
  const results = async () =>
    await source.db.query<{ name: string; severity: string; evidence: string }>(
      `select c.rule as name, c.severity, c.evidence from quality.check_rules(p_categories => '{backup}') c`,
    );
  return {
    source,
    dataDir,
    run: async (change = {}) => await scheduledBackup({ db: source.db, config, log, productVersion: '1.2.3', fingerprints, ...change }),
    health: async () => Object.fromEntries((await results()).map(({ name, severity }) => [name, severity])),
    evidence: async () => (await results()).map(({ evidence }) => evidence).join('\n'),
  };
}

describe('the nightly backup', () => {
  test('is made, verified, noted for health, and thinned out', async () => {
    const { source, dataDir, run, health } = await night({ scheduled: true, keep_daily: 1, keep_weekly: 1 });
    expect(await health()).toEqual({ 'backup.verified_age': 'ok', 'backup.scheduled': 'skipped' });
    for (const moment of ['2031-03-03T03:30:00Z', '2031-03-04T03:30:00Z']) {
      source.setNow(moment);
      expect(await run()).toBe('made');
    }
    expect(readdirSync(path.join(dataDir, 'backups'))).toEqual(['daily-20310304T033000Z']);
    expect(
      await source.owner.query(
        `select principal_kind as who, operation, object, after - 'rows' - 'bytes' as after from platform.audit_log order by seq`,
      ),
    ).toEqual([
      { who: 'job', operation: 'backup.create', object: 'backup=daily-20310303T033000Z', after: {} },
      { who: 'job', operation: 'backup.create', object: 'backup=daily-20310304T033000Z', after: {} },
      { who: 'job', operation: 'backup.remove_old', object: null, after: { removed: ['daily-20310303T033000Z'] } },
    ]);
    expect(await readState(source.db.query.bind(source.db))).toMatchObject({
      scheduled: true,
      problem: null,
      last_verified: { created_at: '2031-03-04T03:30:00.000Z' },
    });
    expect(await health()).toEqual({ 'backup.verified_age': 'ok', 'backup.scheduled': 'ok' });
    source.setNow('2031-03-07T03:30:00Z');
    expect((await health())['backup.verified_age']).toBe('warning');
    source.setNow('2031-03-20T03:30:00Z');
    expect((await health())['backup.verified_age']).toBe('critical');
    await source.close();
  });

  test('never fills the disk: without three times the room it is skipped, and health says so', async () => {
    const { source, dataDir, run, health, evidence } = await night({ scheduled: true });
    expect(await run({ freeBytes: async () => 1000 })).toBe('skipped');
    expect(readdirSync(path.join(dataDir, 'backups'))).toEqual([]);
    expect((await health())['backup.scheduled']).toBe('warning');
    expect(await evidence()).toContain('1.0 kB free');
    expect(await run()).toBe('made');
    expect((await health())['backup.scheduled']).toBe('ok');
    await source.close();
  });

  test('that fails says why where health finds it', async () => {
    const { source, run, evidence } = await night({ scheduled: true });
    const broken = { name: 'broken', schema: 'platform', sql: 'select 1 / 0' };
    await expect(run({ fingerprints: [broken] })).rejects.toThrow('division by zero');
    expect(await evidence()).toContain('The scheduled backup failed: division by zero');
    await source.close();
  });

  test('is off for an outside database unless it is switched on; health does not claim to know', async () => {
    const { source, dataDir, run, health } = await night({});
    expect(await run()).toBe('off');
    expect(existsSync(path.join(dataDir, 'backups'))).toBe(false);
    expect(await health()).toEqual({ 'backup.verified_age': 'skipped', 'backup.scheduled': 'skipped' });
    await source.close();
  });
});
