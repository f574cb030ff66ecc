import fc from 'fast-check';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { holds } from '../../../test/fixtures/replay.ts';
import { commandOf, zoneChange } from '../../../test/fixtures/stage.ts';
import { difference, figures } from '../../../test/fixtures/store.ts';
import { asDb, type Command, type Work, World } from '../../../test/fixtures/store_world.ts';

/** Any sequence of what people and machines do to the store, by two writers and two refreshers at once, against a naive model. */

const database = await testDatabase();
const monitor = new pg.Client({ connectionString: database.url('superuser') });
await monitor.connect();
await monitor.query(`set time zone 'UTC'`);
await monitor.query(`select statistics.ensure_partitions('{2025-01-01,2025-02-01}')`);
afterAll(() => monitor.end());

const row = fc.record({
  source: fc.nat(4),
  slot: fc.nat(40),
  minutes: fc.constantFrom(15 as const, 15 as const, 30 as const, 60 as const),
  offered: fc.integer({ min: 1, max: 5 }),
});
const work: fc.Arbitrary<Work> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('load' as const),
      service: fc.nat(1),
      rows: fc.array(row, { minLength: 1, maxLength: 12 }),
      replace: fc.boolean(),
      again: fc.option(fc.nat(9), { freq: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), batch: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('map' as const), source: fc.nat(2), queue: fc.option(fc.nat(1)), slot: fc.option(fc.nat(40)) }),
  },
  { weight: 1, arbitrary: zoneChange },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('precedence' as const),
      service: fc.nat(1),
      order: fc.shuffledSubarray(['report', 'live', 'api', 'load'], { minLength: 4 }),
    }),
  },
);
const command = commandOf(work);

const title = 'whatever writers and refreshers do at once, the view is exact at every commit and undo is an exact inverse';
test(title, { timeout: 3_600_000 }, async () => {
  await holds('src/rooms/statistics/property.test.ts', title, fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), run), 12);
});

async function run(commands: Command[]): Promise<void> {
  const world = new World(database.db, database.url('server'), monitor);
  try {
    await world.begin();
    for (const one of commands) await world.step(one);
    await world.finishAll();
    await checkAfterRefresh();
    await checkFacts(world);
    await checkFigures(world);
    await undoAll(world);
  } finally {
    await world.end();
  }
}

async function checkAfterRefresh(): Promise<void> {
  const db = asDb(monitor);
  await db.query('select * from statistics.refresh()');
  expect(await db.query('select * from statistics.touched_log')).toEqual([]);
  expect(await difference(db, 'statistics.rollups', 'statistics.recompute()')).toEqual([]);
  const versions = 'select xmin::text, ctid::text, service_id, group_id, grain, bucket, known from statistics.rollups order by 3, 4, 5, 6, 7';
  const before = await db.query(versions);
  await db.query('insert into statistics.touched_log select distinct service_id, group_id, bucket from statistics.rollups where grain = 60');
  const [second] = await db.query<{ rows_written: string }>('select * from statistics.refresh()');
  expect(Number(second!.rows_written)).toBe(0);
  expect(await db.query(versions)).toEqual(before);
}

async function checkFacts(world: World): Promise<void> {
  const rows = await asDb(monitor).query<{ source: number; at: string; minutes: number; offered: number }>(
    'select source_id as source, extract(epoch from interval_start_time) * 1000 as at, interval_minutes as minutes, offered from statistics.contact_statistics',
  );
  const stored = rows.map((fact) => `${fact.source}@${Number(fact.at)} ${fact.minutes} ${fact.offered}`).toSorted();
  const expected = [...world.model.facts()].map(([key, fact]) => `${key} ${fact.minutes} ${fact.offered}`).toSorted();
  expect(stored).toEqual(expected);
}

async function checkFigures(world: World): Promise<void> {
  for (const service of world.services) {
    const zone = world.model.zones.get(service)!;
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    for (const queue of world.model.queues(service)) {
      const days = await figures(asDb(monitor), {
        from: '2025-01-29T00:00Z',
        to: '2025-02-04T00:00Z',
        minutes: 1440,
        services: [service],
        groups: [queue],
      });
      expect(Object.fromEntries(days.map((day) => [format.format(day.bucket_start), Number(day.offered)]))).toEqual(world.model.days(service, queue));
    }
  }
}

/** Undone one after the other in no order, the loads leave nothing behind. */
async function undoAll(world: World): Promise<void> {
  const db = asDb(monitor);
  for (let round = 0; world.batches.length > 0; round++) {
    if (round > 100) throw new Error('the undos refuse each other for ever');
    const { batch } = world.batches[(round * 7) % world.batches.length]!;
    try {
      await db.query('select * from statistics.undo_batch($1)', [batch]);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== 'QH409') throw error;
      continue;
    }
    world.model.undo(batch);
    world.batches = world.batches.filter((entry) => entry.batch !== batch);
    await checkFacts(world);
  }
  await world.checkExact();
  const [left] = await db.query(
    'select (select count(*) from statistics.contact_statistics) + (select count(*) from statistics.overwritten_rows) + (select count(*) from statistics.loads) as rows',
  );
  expect(left).toEqual({ rows: '0' });
}
