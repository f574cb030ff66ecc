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
