import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { inexact, load, makeService } from '../../../test/fixtures/store.ts';

/** A plan that was made while a table was empty stays with its session: it must be good when the table is full. */

const { db, owner } = await testDatabase();

test('a first fold and its questions read no rollup table whole, even where PostgreSQL has seen it empty', async () => {
  const { service, sources } = await makeService(db, 'EMPTY_FIRST', 'Europe/Moscow', ['report']);
  // Since PostgreSQL knows that the table is empty, reading it whole would be its cheapest plan.
  await owner.query('analyze statistics.rollups');
  await load(db, service, [
    { source: sources[0]!, start: '2025-01-15T09:00+03:00', offered: 10, handled: 9, answered_in_threshold: 8, abandoned: 1 },
  ]);
  const scans = await db.transaction(async (tx) => {
    await tx.query('select statistics.refresh()');
    for (const minutes of [60, 1440, 43200, null]) {
      await tx.query(`select * from statistics.figures('2024-12-01T00:00+03:00', '2025-03-01T00:00+03:00', $1)`, [minutes]);
    }
    return await tx.query(`select seq_scan from pg_stat_xact_user_tables where schemaname = 'statistics' and relname = 'rollups'`);
  });
  expect(scans).toEqual([{ seq_scan: 0 }]);
  expect(await inexact(db)).toEqual([]);
});

test('a question about one service of 400 reads the sources of that one', async () => {
  await owner.query(
    `insert into org.services (service_code, service_name, time_zone, created_at, updated_at)
     select 'MANY_' || n, 'Many ' || n, 'UTC', now(), now() from generate_series(1, 400) n`,
  );
  await owner.query(`insert into org.sources (service_id, kind, external_name, created_at)
    select s.service_id, 'report', '', now() from org.services s where s.service_code like 'MANY%'`);
  await owner.query('analyze org.services, org.sources, org.source_mappings');
  const counted = `select relname, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows_read
    from pg_stat_xact_user_tables where schemaname = 'org' and relname in ('services', 'sources') order by 1`;
  const read = await db.transaction(async (tx) => {
    // What the session did before may not have been reported yet and is counted with it.
    const before = await tx.query<{ relname: string; rows_read: number }>(counted);
    await tx.query(`select * from api.intervals('MANY_7', null, '2025-01-15T00:00Z', '2025-01-16T00:00Z')`);
    const after = await tx.query<{ relname: string; rows_read: number }>(counted);
    return after.map(({ relname, rows_read }, at) => [relname, rows_read - before[at]!.rows_read < 20]);
  });
  expect(read).toEqual([
    ['services', true],
    ['sources', true],
  ]);
});
