import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addQueue, type FactRow, figures, inexact, load, makeService, mapSource, type Question } from '../../../test/fixtures/store.ts';

/** Truth worked out by hand. Each expectation holds before and after the rollups are folded. */

const test1 = await testDatabase();
const { db } = test1;

async function everywhere(question: Question, check: (rows: Awaited<ReturnType<typeof figures>>) => void): Promise<void> {
  check(await figures(db, question));
  await db.query('select statistics.refresh()');
  check(await figures(db, question));
  expect(await inexact(db)).toEqual([]);
}

const quarter = (source: number, start: string, offered: number, handled: number, answered: number): FactRow => ({
  source,
  start,
  offered,
  handled,
  answered_in_threshold: answered,
  abandoned: offered - handled,
});

describe('one source', () => {
  let service = 0;
  beforeAll(async () => {
    const made = await makeService(db, 'ONE', 'Europe/Moscow', ['report']);
    service = made.service;
    await load(db, service, [
      quarter(made.sources[0]!, '2025-01-15T09:00+03:00', 10, 10, 10),
      quarter(made.sources[0]!, '2025-01-15T09:15+03:00', 190, 190, 95),
    ]);
  });

  test('a service level is a ratio of sums: 10 of 10 and 95 of 190 are 52.5 %, not the mean 75 %', async () => {
    const range = { from: '2025-01-15T00:00+03:00', to: '2025-01-16T00:00+03:00', services: [service] };
    for (const minutes of [null, 60, 1440, 30]) {
      await everywhere({ ...range, minutes }, (rows) => {
        expect(rows).toHaveLength(1);
        expect(rows[0]).toMatchObject({
          offered: 200,
          answered_in_threshold: 105,
          service_level_pct: 52.5,
          coverage_pct: 100,
          group_id: 0,
          interval_count: 2,
        });
      });
    }
  });

  test('a month and a week give the same, and say where they begin and end', async () => {
    const range = { from: '2025-01-01T00:00+03:00', to: '2025-02-01T00:00+03:00', services: [service] };
    await everywhere({ ...range, minutes: 43200 }, (rows) => {
      expect(rows[0]).toMatchObject({
        bucket_start: new Date('2024-12-31T21:00Z'),
        bucket_end: new Date('2025-01-31T21:00Z'),
        service_level_pct: 52.5,
      });
    });
    await everywhere({ ...range, minutes: 10080 }, (rows) => {
      expect(rows[0]).toMatchObject({
        bucket_start: new Date('2025-01-12T21:00Z'),
        bucket_end: new Date('2025-01-19T21:00Z'),
        service_level_pct: 52.5,
      });
    });
  });

  test('another zone counts its own days', async () => {
    await everywhere({ from: '2025-01-14T00:00Z', to: '2025-01-17T00:00Z', minutes: 1440, zone: 'Pacific/Auckland', services: [service] }, (rows) => {
      expect(rows.map((row) => row.bucket_start.toISOString())).toEqual(['2025-01-14T11:00:00.000Z']);
    });
  });

  test('a range that cuts an hour takes the rows that start in it', async () => {
    await everywhere({ from: '2025-01-15T06:10Z', to: '2025-01-15T06:20Z', services: [service] }, (rows) => {
      expect(rows[0]).toMatchObject({
        offered: 190,
        service_level_pct: 50,
        bucket_start: new Date('2025-01-15T06:10Z'),
        bucket_end: new Date('2025-01-15T06:20Z'),
      });
    });
  });

  test('where there is nothing there is no row', async () => {
    await everywhere({ from: '2025-03-01T00:00Z', to: '2025-04-01T00:00Z', services: [service] }, (rows) => expect(rows).toEqual([]));
    await everywhere({ from: '2025-01-15T06:00Z', to: '2025-01-15T06:00Z', services: [service] }, (rows) => expect(rows).toEqual([]));
    expect(await figures(db, { from: '2025-01-15T06:00Z', to: '2025-01-16T06:00Z', services: [99_999] })).toEqual([]);
  });

  test('what cannot be asked is refused with a reason', async () => {
    const range = { from: '2025-01-15T00:00Z', to: '2025-01-16T00:00Z' };
    await expect(figures(db, { ...range, minutes: 7 })).rejects.toMatchObject({ code: 'QH400', message: expect.stringContaining('7 minutes') });
    await expect(figures(db, { ...range, zone: 'Mars/Base' })).rejects.toMatchObject({
      code: 'QH400',
      message: expect.stringContaining('Mars/Base'),
    });
    await expect(figures(db, { ...range, from: 'infinity' })).rejects.toMatchObject({ code: 'QH400' });
  });
});

test('of report, load and live over one time only the first kind of the precedence counts, and a changed precedence changes the figure', async () => {
  const { service, sources } = await makeService(db, 'KINDS', 'UTC', ['report', 'load', 'live']);
  const [report, loaded, live] = sources as [number, number, number];
  await load(db, service, [
    quarter(report, '2025-02-03T10:00Z', 100, 90, 80),
    { source: loaded, start: '2025-02-03T10:00Z', minutes: 60, offered: 500, unique_offered: 400, talk_seconds: 5000, wrap_seconds: 500 },
    { source: loaded, start: '2025-02-03T11:00Z', minutes: 60, offered: 50, unique_offered: 40, talk_seconds: 500, wrap_seconds: 50 },
    quarter(live, '2025-02-03T10:00Z', 99, 89, 79),
    quarter(live, '2025-02-03T10:15Z', 7, 7, 7),
  ]);
  const range = { from: '2025-02-03T00:00Z', to: '2025-02-04T00:00Z', services: [service] };
  // 100 (report) + 7 (live, where no report is) + 50 (load, the hour that nobody else has).
  await everywhere(range, (rows) => {
    expect(rows[0]).toMatchObject({ offered: 157, handled: 97, interval_count: 3, granularity_minutes: 60 });
    expect(rows[0]!.service_level_pct).toBeCloseTo((100 * 87) / 107, 10);
    expect(rows[0]!.coverage_pct).toBeCloseTo((100 * 107) / 157, 10);
    // Load rows count their seconds per offered contact; the others do not know theirs.
    expect(rows[0]!.aht_seconds).toBe(550 / 50);
    expect(rows[0]!.unique_offered).toBe(40);
  });
  await db.query(`update org.services set kind_precedence = '{load,report,live,api}' where service_id = $1`, [service]);
  await everywhere(range, (rows) => expect(rows[0]).toMatchObject({ offered: 550, handled: null, service_level_pct: null, coverage_pct: 0 }));
});

test('a service is its own total where there is one, else the sum of its sources; a queue is always the sum of its sources', async () => {
  const { service, sources } = await makeService(db, 'TOTAL', 'UTC', ['report', 'report:a', 'report:b', 'report:c']);
  const [total, a, b, c] = sources as [number, number, number, number];
  const queue = await addQueue(db, service, 'TOTAL_Q');
  await mapSource(db, service, a, queue);
  await mapSource(db, service, b, queue);
  await load(db, service, [
    quarter(total, '2025-02-03T10:00Z', 100, 90, 80),
    quarter(a, '2025-02-03T10:00Z', 60, 50, 40),
    quarter(b, '2025-02-03T10:00Z', 20, 20, 20),
    quarter(c, '2025-02-03T10:00Z', 15, 15, 15),
    quarter(a, '2025-02-03T10:15Z', 1, 1, 1),
    quarter(b, '2025-02-03T10:15Z', 2, 2, 2),
    quarter(c, '2025-02-03T10:15Z', 4, 4, 4),
  ]);
  const range = { from: '2025-02-03T00:00Z', to: '2025-02-04T00:00Z', services: [service] };
  await everywhere(range, (rows) => expect(rows.map((row) => row.offered)).toEqual([107]));
  await everywhere({ ...range, minutes: 15 }, (rows) =>
    expect(rows.map((row) => [row.offered, row.interval_count])).toEqual([
      [100, 1],
      [7, 3],
    ]),
  );
  await everywhere({ ...range, by: 'queue' }, (rows) =>
    expect(rows.map((row) => [row.group_id, row.offered])).toEqual([
      [-1, 19],
      [queue, 83],
    ]),
  );
  await everywhere({ ...range, groups: [queue], minutes: 15 }, (rows) =>
    expect(rows.map((row) => [row.group_id, row.offered])).toEqual([
      [queue, 80],
      [queue, 3],
    ]),
  );
  await everywhere({ ...range, groups: [queue, -1], by: 'service' }, (rows) =>
    expect(rows.map((row) => [row.group_id, row.offered])).toEqual([[0, 102]]),
  );
  // Re-pointing from a moment on moves that part of the history and no more.
  await mapSource(db, service, c, queue, '2025-02-03T10:15Z');
  await everywhere({ ...range, by: 'queue' }, (rows) =>
    expect(rows.map((row) => [row.group_id, row.offered])).toEqual([
      [-1, 15],
      [queue, 87],
    ]),
  );
  await db.query('delete from org.source_mappings where service_id = $1 and source_id = $2', [service, c]);
  await everywhere({ ...range, by: 'queue' }, (rows) =>
    expect(rows.map((row) => [row.group_id, row.offered])).toEqual([
      [-1, 19],
      [queue, 83],
    ]),
  );
});

test('a question finer than the data gets one row per interval of the data, which says its length', async () => {
  const { service, sources } = await makeService(db, 'COARSE', 'UTC', ['report']);
  await load(db, service, [{ source: sources[0]!, start: '2025-02-03T10:00Z', minutes: 60, offered: 40 }]);
  await everywhere({ from: '2025-02-03T00:00Z', to: '2025-02-04T00:00Z', minutes: 15, services: [service] }, (rows) => {
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      bucket_start: new Date('2025-02-03T10:00Z'),
      bucket_end: new Date('2025-02-03T11:00Z'),
      granularity_minutes: 60,
      offered: 40,
    });
  });
});
