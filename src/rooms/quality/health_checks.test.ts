import { describe, expect, test } from 'vitest';
import { maintain } from '../../app/maintain.ts';
import { setNow } from '../../platform/clock/clock.ts';
import { databaseCases } from '../../../test/fixtures/health_cases_database.ts';
import { workCases } from '../../../test/fixtures/health_cases_work.ts';
import { bloat, type Case, checks, counted, inScratch, type Scratch, snapshot } from '../../../test/fixtures/health_scratch.ts';

/** Every check of the catalogue, one by one in a database of its own: it holds, it breaks with evidence, advice and a way out, it holds again. */

const cases: Record<string, Case> = { ...databaseCases, ...workCases };

test('each check of the catalogue has its entry here', async () => {
  await inScratch(async ({ owner }) => {
    const rules = await owner.query<{ rule: string }>('select rule from quality.rules() order by rule');
    expect(Object.keys(cases).toSorted()).toEqual(rules.map(({ rule }) => rule));
  });
});

describe('a check is seen to hold, to break with evidence, advice and a way out, and to hold again', () => {
  test.each(Object.entries(cases))('%s', async (rule, { before = 'ok', breaks, severity, value, evidence, fix, mend }) => {
    await inScratch(async (scratch) => {
      await prepare(scratch, rule);
      const look = async () => (await checks(scratch.owner, [rule]))[0]!;
      expect(await look()).toMatchObject({ severity: before, advice: null, fix: null });
      const broken = await ((await breaks(scratch)) ?? look)();
      expect(broken).toMatchObject({
        severity,
        evidence: expect.stringMatching(evidence),
        advice: expect.stringMatching(/\w/),
        fix: expect.stringMatching(fix),
      });
      if (value !== undefined) expect(broken.value).toBe(value);
      if (mend === 'fix') await scratch.owner.query(broken.fix!);
      else await mend(scratch, broken.fix!);
      await expect.poll(look, { timeout: 20_000 }).toMatchObject({ severity: 'ok', advice: null, fix: null });
    });
  });
});

/** What a check needs to know anything. */
async function prepare(scratch: Scratch, rule: string): Promise<void> {
  setNow(null);
  if (/^(data.freshness|statistics)/.test(rule)) await maintain({ db: scratch.database.db });
  if (rule === 'data.freshness') {
    await scratch.database.db.query(`select * from api.create_service('A'); select org.ensure_sources(1, 'report', array[''])`);
  }
}

describe('dead rows', () => {
  test('of a table that is emptied all the time, and of any table right after a large import, are no alarm', async () => {
    await inScratch(async (scratch) => {
      const { owner } = scratch;
      const look = async () => (await checks(owner, ['storage.dead_rows']))[0]!;
      // Small and queue-like: the log of touched hours after a first start.
      await owner.query(`alter table statistics.touched_log set (autovacuum_enabled = false)`);
      await owner.query(`insert into statistics.touched_log select 1, 0, '2025-03-03T00:00Z' from generate_series(1, 200000)`);
      await owner.query('delete from statistics.touched_log');
      await counted(owner, 'statistics.touched_log', 200_000);
      expect(await look()).toMatchObject({ severity: 'ok', value: 0 });
      // Large, and nobody can know yet whether autovacuum comes.
      await bloat(scratch);
      expect(await look()).toMatchObject({ severity: 'skipped', evidence: expect.stringContaining('when there is a snapshot of ten minutes ago') });
      // Large, and ten minutes ago they were not there.
      await snapshot(scratch, 1, {});
      expect(await look()).toMatchObject({ severity: 'ok', value: 0 });
      // The log with the same dead rows for an hour: still too small to cost anything.
      await owner.query(`drop table quality.bloated; delete from quality.snapshots; select quality.take_snapshot();
        update quality.snapshots set taken_at = platform.now() - interval '1 hour'`);
      expect(await look()).toMatchObject({ severity: 'ok', value: 0 });
    });
  });

  test('that a cleaning left behind in two snapshots are an alarm: something holds them', async () => {
    await inScratch(async (scratch) => {
      const { owner } = scratch;
      const look = async () => (await checks(owner, ['storage.dead_rows']))[0]!;
      const holder = await scratch.session('server');
      await holder.query('begin isolation level repeatable read; select count(*) from org.services');
      await bloat(scratch);
      await (await scratch.session('migrate')).query('vacuum quality.bloated');
      await counted(owner, 'quality.bloated', 29_000);
      await owner.query(`select quality.take_snapshot(); update quality.snapshots set taken_at = platform.now() - interval '1 hour'`);
      expect(await look()).toMatchObject({ severity: 'ok', value: 0 });
      await owner.query(`insert into quality.snapshots (taken_at, database_bytes, connections, max_connections, blocks_hit, blocks_read, commits, rollbacks, deadlocks, temp_bytes, tables, indexes)
        select s.taken_at - interval '1 hour', 1, 1, 1, 0, 0, 0, 0, 0, 0, s.tables, '[]' from quality.snapshots s`);
      expect(await look()).toMatchObject({ severity: 'critical', fix: 'vacuum (analyze) quality.bloated' });
      await holder.query('rollback');
    });
  });
});
