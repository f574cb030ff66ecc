import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type FactRow, figures, inexact, load, makeService } from '../../../test/fixtures/store.ts';

/** Days with 92 and 100 quarters, weeks, months and zones of half and three quarter hours. One contact per interval, so counts show. */

const { db } = await testDatabase();

function steady(source: number, from: string, to: string, minutes: 15 | 30 | 60 = 15): FactRow[] {
  const rows: FactRow[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += minutes * 60_000) {
    rows.push({ source, start: new Date(at).toISOString(), minutes, offered: minutes / 15 });
  }
  return rows;
}

async function service(code: string, zone: string, from: string, to: string, minutes: 15 | 30 | 60 = 15): Promise<number> {
  const made = await makeService(db, code, zone, ['report']);
  await load(db, made.service, steady(made.sources[0]!, from, to, minutes));
  return made.service;
}

/** Sums per bucket, the same from facts and from rollups. */
async function sums(question: Parameters<typeof figures>[1]): Promise<[string, number][]> {
  const ask = async () => (await figures(db, question)).map((row): [string, number] => [row.bucket_start.toISOString(), row.offered as number]);
  const fromFacts = await ask();
  await db.query('select statistics.refresh()');
  expect(await ask()).toEqual(fromFacts);
  expect(await inexact(db)).toEqual([]);
  return fromFacts;
}

describe('clock changes', () => {
  test('the day that loses an hour has 92 quarters, the day that gains one has 100', async () => {
    const berlin = await service('DST', 'Europe/Berlin', '2025-03-28T23:00Z', '2025-04-01T22:00Z');
    expect(await sums({ from: '2025-03-28T23:00Z', to: '2025-03-31T22:00Z', minutes: 1440, services: [berlin] })).toEqual([
      ['2025-03-28T23:00:00.000Z', 96],
      ['2025-03-29T23:00:00.000Z', 92],
      ['2025-03-30T22:00:00.000Z', 96],
    ]);
    const autumn = await service('DST2', 'Europe/Berlin', '2025-10-24T22:00Z', '2025-10-27T23:00Z');
    expect(await sums({ from: '2025-10-24T22:00Z', to: '2025-10-26T23:00Z', minutes: 1440, services: [autumn] })).toEqual([
      ['2025-10-24T22:00:00.000Z', 96],
      ['2025-10-25T22:00:00.000Z', 100],
    ]);
    const quarters = await figures(db, { from: '2025-10-25T22:00Z', to: '2025-10-26T23:00Z', minutes: 15, services: [autumn] });
    expect(quarters).toHaveLength(100);
    expect(new Set(quarters.map((row) => row.bucket_start.getTime())).size).toBe(100);
  });

  test('parts of a day are counted from local midnight in elapsed time; the last one ends with the day', async () => {
    const parts = await service('PARTS', 'Europe/Berlin', '2025-03-29T23:00Z', '2025-03-30T22:00Z');
    const rows = await figures(db, { from: '2025-03-29T23:00Z', to: '2025-03-30T22:00Z', minutes: 360, services: [parts] });
    expect(rows.map((row) => [row.bucket_start.toISOString(), row.bucket_end.toISOString(), row.offered])).toEqual([
      ['2025-03-29T23:00:00.000Z', '2025-03-30T05:00:00.000Z', 24],
      ['2025-03-30T05:00:00.000Z', '2025-03-30T11:00:00.000Z', 24],
      ['2025-03-30T11:00:00.000Z', '2025-03-30T17:00:00.000Z', 24],
      ['2025-03-30T17:00:00.000Z', '2025-03-30T22:00:00.000Z', 20],
    ]);
  });

  test('where the clock goes back over midnight the day starts at the first midnight', async () => {
    // Havana, 2 November 2025: 01:00 becomes 00:00 again at 05:00 UTC. The Azores do the same on 26 October, 00:00 UTC.
    const havana = await service('HAVANA', 'America/Havana', '2025-11-01T04:00Z', '2025-11-04T05:00Z');
    expect(await sums({ from: '2025-11-01T04:00Z', to: '2025-11-04T05:00Z', minutes: 1440, services: [havana] })).toEqual([
      ['2025-11-01T04:00:00.000Z', 96],
      ['2025-11-02T04:00:00.000Z', 100],
      ['2025-11-03T05:00:00.000Z', 96],
    ]);
    const azores = await service('AZORES', 'Atlantic/Azores', '2025-10-26T00:00Z', '2025-10-27T01:00Z');
    expect(await sums({ from: '2025-10-26T00:00Z', to: '2025-10-27T01:00Z', minutes: 1440, services: [azores] })).toEqual([
      ['2025-10-26T00:00:00.000Z', 100],
    ]);
  });

  test('Lord Howe changes by half an hour', async () => {
    const howe = await service('HOWE', 'Australia/Lord_Howe', '2025-04-05T13:00Z', '2025-04-06T13:30Z');
    expect(await sums({ from: '2025-04-05T13:00Z', to: '2025-04-06T13:30Z', minutes: 1440, services: [howe] })).toEqual([
      ['2025-04-05T13:00:00.000Z', 98],
    ]);
  });
});

describe('zones that are not whole hours from UTC', () => {
  test('hours and days of Kolkata and Kathmandu are local, from intervals of every length', async () => {
    for (const [zone, midnight, minutes] of [
      ['Asia/Kolkata', '18:30', 30],
      ['Asia/Kolkata', '18:30', 60],
      ['Asia/Kathmandu', '18:15', 60],
      ['Asia/Kathmandu', '18:15', 15],
    ] as const) {
      const id = await service(`${zone}${minutes}`, zone, `2025-01-31T${midnight}Z`, `2025-02-02T${midnight}Z`, minutes);
      const range = { from: `2025-01-31T${midnight}Z`, to: `2025-02-02T${midnight}Z`, services: [id] };
      expect(await sums({ ...range, minutes: 1440 })).toEqual([
        [`2025-01-31T${midnight}:00.000Z`, 96],
        [`2025-02-01T${midnight}:00.000Z`, 96],
      ]);
      const hours = await sums({ ...range, minutes: 60 });
      expect(hours).toHaveLength(48);
      expect(hours.every(([, offered]) => offered === 4)).toBe(true);
      expect(await sums({ ...range, from: '2025-01-31T18:00Z', minutes: 43200 })).toEqual([[`2025-01-31T${midnight}:00.000Z`, 192]]);
    }
  });

  test('rows that reach over the edge of an hour (UTC) beat, and are beaten by, those of the next', async () => {
    const { service: id, sources } = await makeService(db, 'OVER', 'Asia/Kolkata', ['report', 'load']);
    const [report, loaded] = sources as [number, number];
    await load(db, id, [
      { source: loaded, start: '2025-02-03T04:30Z', minutes: 60, offered: 100 },
      { source: loaded, start: '2025-02-03T05:30Z', minutes: 60, offered: 200 },
    ]);
    const range = { from: '2025-02-03T00:00Z', to: '2025-02-04T00:00Z', services: [id], minutes: 60, zone: 'UTC' };
    expect(await sums(range)).toEqual([
      ['2025-02-03T04:00:00.000Z', 100],
      ['2025-02-03T05:00:00.000Z', 200],
    ]);
    // One quarter of the better kind in the second half of the first load row, which starts in the hour before.
    await load(db, id, [{ source: report, start: '2025-02-03T05:15Z', offered: 7 }]);
    expect(await sums(range)).toEqual([['2025-02-03T05:00:00.000Z', 207]]);
  });
});

describe('weeks, months and years', () => {
  test('a week is an ISO week and crosses the year; months end with their own last day', async () => {
    const id = await service('YEAR', 'Europe/Moscow', '2024-11-30T21:00Z', '2025-03-31T21:00Z', 60);
    const range = { from: '2024-11-30T21:00Z', to: '2025-03-31T21:00Z', services: [id] };
    expect(await sums({ ...range, minutes: 43200 })).toEqual([
      ['2024-11-30T21:00:00.000Z', 31 * 96],
      ['2024-12-31T21:00:00.000Z', 31 * 96],
      ['2025-01-31T21:00:00.000Z', 28 * 96],
      ['2025-02-28T21:00:00.000Z', 31 * 96],
    ]);
    const weeks = await sums({ ...range, minutes: 10080 });
    // 1 December 2024 is a Sunday: its week began on 25 November. 31 March 2025 is a Monday.
    expect(weeks[0]).toEqual(['2024-11-24T21:00:00.000Z', 96]);
    expect(weeks[5]).toEqual(['2024-12-29T21:00:00.000Z', 7 * 96]);
    expect(weeks.at(-1)).toEqual(['2025-03-30T21:00:00.000Z', 96]);
    expect(await sums({ ...range, minutes: null })).toEqual([['2024-11-30T21:00:00.000Z', 121 * 96]]);
    expect(await sums({ ...range, minutes: 1440, zone: 'Asia/Kolkata' })).toHaveLength(122);
    // Neither end on a day, an hour or a quarter.
    expect(await sums({ ...range, from: '2024-12-31T20:50Z', to: '2025-02-01T10:10Z' })).toEqual([['2024-12-31T20:50:00.000Z', 758 * 4]]);
  });

  test.each(['Asia/Yekaterinburg', 'Asia/Kathmandu', 'America/Bogota'])(
    'a period that begins before standard time (1900, %s) has the buckets of one that begins today',
    async (zone) => {
      const id = await service(`OLD-${zone}`, zone, '2025-01-01T00:00Z', '2025-01-01T02:00Z');
      for (const minutes of [15, 30]) {
        const asked = { to: '2025-01-01T02:00Z', minutes, services: [id] };
        // With by=queue the figures are made of pieces.
        for (const groups of [undefined, [0]])
          expect(await sums({ ...asked, groups, from: '1900-01-01T00:00Z' })).toEqual(await sums({ ...asked, groups, from: '2025-01-01T00:00Z' }));
      }
      const [first] = await sums({ from: '1900-01-01T00:00Z', to: '2025-01-01T02:00Z', minutes: 15, services: [id] });
      expect(first).toEqual(['2025-01-01T00:00:00.000Z', 1]);
    },
  );

  test("after a change of the service's zone its days and months are those of the new zone", async () => {
    const id = await service('MOVED', 'Europe/Moscow', '2025-01-01T21:00Z', '2025-01-03T21:00Z');
    const days = { from: '2025-01-01T00:00Z', to: '2025-01-05T00:00Z', minutes: 1440, services: [id] };
    expect(await sums(days)).toEqual([
      ['2025-01-01T21:00:00.000Z', 96],
      ['2025-01-02T21:00:00.000Z', 96],
    ]);
    await db.query(`update org.services set time_zone = 'Asia/Kathmandu' where service_id = $1`, [id]);
    expect(await sums(days)).toEqual([
      ['2025-01-01T18:15:00.000Z', 85],
      ['2025-01-02T18:15:00.000Z', 96],
      ['2025-01-03T18:15:00.000Z', 11],
    ]);
    await db.query(`update org.services set time_zone = 'Europe/Moscow' where service_id = $1`, [id]);
    expect(await sums(days)).toEqual([
      ['2025-01-01T21:00:00.000Z', 96],
      ['2025-01-02T21:00:00.000Z', 96],
    ]);
  });
});
