import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadQuarters } from '../../../test/fixtures/agents.ts';
import { loadRows } from '../../../test/fixtures/small.ts';

/**
 * The functions of seed 001 that answer about time, each on each case that breaks naive ones: days of 92 and 100 quarters, ends of months
 * and years, zones at half past, no rows, one row. What is expected was counted by hand; every quarter holds one contact of 60 s.
 */

const database = await testDatabase();
const hour = 3_600_000;
const quarters = (start: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => new Date(Date.parse(start) + n * 900_000).toISOString());
const row = (service: number, at: string) => ({
  service_id: service,
  source_id: service,
  interval_start_time: at,
  interval_minutes: 15,
  offered: 1,
  handled: 1,
  answered_in_threshold: 1,
  abandoned: 0,
  talk_seconds: 50,
  outbound_talk_seconds: 0,
  hold_seconds: 0,
  wrap_seconds: 10,
});
/** A stretch of local time of a service, and what is in it. */
interface Case {
  service: number;
  zone: string;
  day: string;
  from: string;
  to: string;
  rows: string[];
  /** Contacts of the local day, and the hours (UTC) that hold them. */
  calls: number | null;
  hours: number;
  peak: number | null;
}
const cases: Record<string, Case> = {
  'the day of 92 quarters': {
    service: 1,
    zone: 'Europe/Berlin',
    day: '2025-03-30',
    from: '2025-03-29T23:00Z',
    to: '2025-03-30T22:00Z',
    rows: quarters('2025-03-29T23:00Z', 92),
    calls: 92,
    hours: 23,
    peak: 0,
  },
  'the day of 100 quarters': {
    service: 1,
    zone: 'Europe/Berlin',
    day: '2025-10-26',
    from: '2025-10-25T22:00Z',
    to: '2025-10-26T23:00Z',
    rows: quarters('2025-10-25T22:00Z', 100),
    calls: 100,
    hours: 25,
    peak: 0,
  },
  // 23:45 on 30 April, and midnight.
  'the last day of a month': {
    service: 1,
    zone: 'Europe/Berlin',
    day: '2025-04-30',
    from: '2025-04-29T22:00Z',
    to: '2025-04-30T22:00Z',
    rows: ['2025-04-30T21:45:00.000Z', '2025-04-30T22:00:00.000Z'],
    calls: 1,
    hours: 1,
    peak: 23,
  },
  'the last day of a year': {
    service: 1,
    zone: 'Europe/Berlin',
    day: '2024-12-31',
    from: '2024-12-30T23:00Z',
    to: '2024-12-31T23:00Z',
    rows: ['2024-12-31T22:45:00.000Z', '2024-12-31T23:00:00.000Z'],
    calls: 1,
    hours: 1,
    peak: 23,
  },
  // Midnight in Kolkata is 18:30 UTC: both quarters lie in one hour of UTC, and in two days.
  'a day of a zone at half past': {
    service: 2,
    zone: 'Asia/Kolkata',
    day: '2025-06-10',
    from: '2025-06-09T18:30Z',
    to: '2025-06-10T18:30Z',
    rows: ['2025-06-10T18:15:00.000Z', '2025-06-10T18:30:00.000Z'],
    calls: 1,
    hours: 1,
    peak: 23,
  },
  'a day of one row': {
    service: 3,
    zone: 'Europe/Berlin',
    day: '2025-05-05',
    from: '2025-05-04T22:00Z',
    to: '2025-05-05T22:00Z',
    rows: ['2025-05-05T10:00:00.000Z'],
    calls: 1,
    hours: 1,
    peak: 12,
  },
  'an empty day': {
    service: 4,
    zone: 'Europe/Berlin',
    day: '2025-05-05',
    from: '2025-05-04T22:00Z',
    to: '2025-05-05T22:00Z',
    rows: [],
    calls: null,
    hours: 0,
    peak: null,
  },
};
const inside = ({ rows, from, to }: Case) => rows.filter((at) => Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(to));
const api = <T = Record<string, unknown>>(text: string, values: unknown[] = []) => database.api.query<T & Record<string, unknown>>(text, values);

beforeAll(async () => {
  for (const [code, zone] of [
    ['BER', 'Europe/Berlin'],
    ['IND', 'Asia/Kolkata'],
    ['ONE', 'Europe/Berlin'],
    ['NONE', 'Europe/Berlin'],
  ])
    await database.db.query('select * from api.create_service($1, p_time_zone => $2)', [code, zone]);
  await database.db.query(
    `insert into org.sources (service_id, kind, external_name, created_at) select service_id, 'report', '', now() from org.services order by service_id`,
  );
  await loadRows(
    database,
    Object.values(cases).flatMap(({ service, rows }) => rows.map((at) => row(service, at))),
  );
});
afterAll(() => database.setNow(null));

describe.each([
  ['before the fold', false],
  ['after it', true],
])('%s', (_name, folded) => {
  beforeAll(async () => {
    if (!folded) return;
    await api('select api.refresh_hourly_stats()');
    expect(await database.owner.query('select * from statistics.touched_log')).toEqual([]);
  });

  describe.each(Object.entries(cases))('%s', (_case, one) => {
    const { service, zone, day, from, to, calls, hours, peak } = one;
    const count = inside(one).length;

    test('api_get_calls_by_interval: one row for the day, and one per quarter', async () => {
      const ask = (minutes: number) =>
        api('select * from api.api_get_calls_by_interval($1, $2, $3, array[$4::int], p_time_zone => $5)', [from, to, minutes, service, zone]);
      const days = await ask(1440);
      expect(days).toMatchObject(
        calls === null
          ? []
          : [
              {
                interval_start: new Date(from),
                interval_end: new Date(to),
                total_received: calls,
                total_treated: calls,
                avg_handle_time_ms: 60_000,
                service_level: 100,
              },
            ],
      );
      expect(days).toHaveLength(calls === null ? 0 : 1);
      const fine = await ask(15);
      expect(fine.map(({ interval_start: start }) => (start as Date).toISOString())).toEqual(inside(one));
    });

    test('api_get_service_summary: the day of the service, and its busiest hour', async () => {
      expect(await api('select * from api.api_get_service_summary($1, $2)', [service, day])).toMatchObject([
        {
          summary_date: day,
          total_calls: calls,
          peak_hour: peak,
          service_level: calls === null ? null : 100,
          avg_handle_time_ms: calls === null ? null : 60_000,
        },
      ]);
    });

    test('mv_hourly_stats, which refresh_hourly_stats folds: hours of UTC', async () => {
      const stats = await api(
        `select count(*)::int as hours, sum(total_received)::int as calls from api.mv_hourly_stats
         where service_id = $1 and group_id is null and hour_start >= date_trunc('hour', $2::timestamptz) and hour_start < $3`,
        [service, from, to],
      );
      // The hour of UTC that holds midnight in Kolkata holds the first quarter of the next day too.
      expect(stats).toEqual([{ hours, calls: zone === 'Asia/Kolkata' ? 2 : calls }]);
    });

    test('api_get_realtime_stats at the end of the day: the last hour, and the last 24', async () => {
      database.setNow(new Date(to));
      const ask = async (minutes: number) => (await api(`select * from api.api_get_realtime_stats(array[$1::int], $2)`, [service, minutes]))[0]!;
      const end = Date.parse(to);
      const within = (ms: number) => one.rows.filter((at) => Date.parse(at) >= end - ms && Date.parse(at) < end).length || null;
      const [last, all] = [await ask(60), await ask(1440)];
      expect(last).toMatchObject({ service_id: service, current_interval_start: new Date(to), calls_last_hour: within(hour) });
      // 24 hours that have passed: on the day of 100 quarters 96 of them.
      expect(all).toMatchObject({ calls_last_hour: within(24 * hour), from_time: new Date(end - 24 * hour), to_time: new Date(to) });
      expect(all.avg_handle_time_ms).toBe(all.calls_last_hour === null ? null : 60_000);
      if (count === 100) expect(all.calls_last_hour).toBe(96);
    });
  });

  test('api_get_calls_by_interval by month and year ends: the quarter at midnight belongs to the next', async () => {
    const months = (from: string, to: string) =>
      api(`select interval_start, total_received from api.api_get_calls_by_interval($1, $2, 43200, '{1}', p_time_zone => 'Europe/Berlin')`, [
        from,
        to,
      ]);
    expect(await months('2024-11-30T23:00Z', '2025-01-31T23:00Z')).toEqual([
      { interval_start: new Date('2024-11-30T23:00Z'), total_received: 1 },
      { interval_start: new Date('2024-12-31T23:00Z'), total_received: 1 },
    ]);
    expect(await months('2025-03-31T22:00Z', '2025-05-31T22:00Z')).toEqual([
      { interval_start: new Date('2025-03-31T22:00Z'), total_received: 1 },
      { interval_start: new Date('2025-04-30T22:00Z'), total_received: 1 },
    ]);
  });
});

describe.each(Object.entries(cases))('posted anew, %s', (name, { zone, rows }) => {
  test('api_batch_insert_calls takes each quarter once, and api_get_changes_since tells each once, in their order', async () => {
    const code = `P${Object.keys(cases).indexOf(name)}`;
    const [made] = await database.db.query<{ service_id: number }>('select service_id from api.create_service($1, p_time_zone => $2)', [code, zone]);
    const calls = rows.map((at) => ({ interval_start_time: at, service_id: made!.service_id, received_calls: 1, treated_calls: 1 }));
    const post = async () =>
      (
        await api('select inserted_count::int as inserted, error_count::int as errors from api.api_batch_insert_calls($1)', [JSON.stringify(calls)])
      )[0];
    const cursor = await newest();
    database.setNow('2025-12-01T12:00:00Z');
    expect(await post()).toEqual({ inserted: rows.length, errors: 0 });
    database.setNow('2025-12-01T12:00:01Z');
    expect(await post()).toMatchObject({ errors: 0 });
    const told = await changesAfter(cursor);
    expect(told.map(({ operation, data }) => [operation, new Date(data.interval_start_time).toISOString()])).toEqual(
      rows.map((at) => ['INSERT', at]),
    );
    expect(new Set(told.map(({ record_id: id }) => id)).size).toBe(rows.length);
  });
});

interface Change {
  operation: string;
  record_id: number;
  data: { interval_start_time: string };
  cursor: string;
}
async function settled(): Promise<void> {
  const [{ until } = { until: '' }] = await database.owner.query<{ until: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as until');
  await expect
    .poll(
      async () =>
        (await database.owner.query<{ done: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as done', [until]))[0]!.done,
      { timeout: 20_000 },
    )
    .toBe(true);
}
async function changesAfter(cursor: string | null): Promise<Change[]> {
  await settled();
  return database.api.query<Change>('select * from api.api_get_changes_since(p_limit => 10000, p_cursor => $1)', [cursor]);
}
const newest = async () => (await changesAfter(null)).at(-1)?.cursor ?? null;

test('wall-clock stamps that are posted: the skipped hour is refused, the repeated one is its first', async () => {
  const [made] = await database.db.query<{ service_id: number }>(`select service_id from api.create_service('WALL', p_time_zone => 'Europe/Berlin')`);
  const post = async (at: string) =>
    (
      await api<{ errors: { error: string }[] }>('select inserted_count::int as inserted, errors from api.api_batch_insert_calls($1)', [
        JSON.stringify([{ interval_start_time: at, service_id: made!.service_id, received_calls: 1 }]),
      ])
    )[0]!;
  expect(await post('2025-03-30T02:30:00')).toMatchObject({
    inserted: 0,
    errors: [{ error: 'interval_start_time 2025-03-30T02:30:00 does not exist in Europe/Berlin: the clocks skip it' }],
  });
  expect(await post('2025-10-26T02:30:00')).toMatchObject({ inserted: 1 });
  expect(
    await database.owner.query('select interval_start_time from statistics.contact_statistics where service_id = $1', [made!.service_id]),
  ).toEqual([{ interval_start_time: new Date('2025-10-26T00:30Z') }]);
});

describe('api_get_realtime_stats on paper', () => {
  const at = '2025-07-01T10:00:00Z';
  let live: number;
  beforeAll(async () => {
    const [made] = await database.db.query<{ service_id: number }>(
      `select service_id from api.create_service('LIVE', p_time_zone => 'Europe/Berlin')`,
    );
    live = made!.service_id;
    const [source] = await database.db.query<{ source_id: number }>(
      `insert into org.sources (service_id, kind, external_name, created_at) values ($1, 'live', '', now()) returning source_id`,
      [live],
    );
    const figures = (start: string, offered: number, handled: number, answered: number, abandoned: number, talk: number) => ({
      service_id: live,
      source_id: source!.source_id,
      interval_start_time: start,
      interval_minutes: 15,
      offered,
      handled,
      answered_in_threshold: answered,
      abandoned,
      talk_seconds: talk,
      outbound_talk_seconds: 0,
      hold_seconds: 0,
      wrap_seconds: 0,
    });
    await loadRows(database, [
      figures('2025-07-01T08:45Z', 500, 500, 500, 0, 500),
      figures('2025-07-01T09:00Z', 10, 10, 10, 0, 1000),
      figures('2025-07-01T09:15Z', 20, 15, 5, 5, 3000),
      figures('2025-07-01T09:45Z', 10, 5, 3, 2, 500),
    ]);
    await database.db.query(`select org.ensure_agents('{L-1,L-2,L-3}', '{A,B,C}')`);
    await loadQuarters(database, [
      { agent: 1, service: live, at: '2025-07-01T09:30Z', ready: 900 },
      { agent: 1, service: live, at: '2025-07-01T09:45Z', ready: 100, talk: 800 },
      { agent: 2, service: live, at: '2025-07-01T09:45Z', ready: 1, not_ready: 899 },
      { agent: 3, service: live, at: '2025-07-01T09:45Z', talk: 900 },
    ]);
  });
  const ask = async (now: string, minutes: number | null = 60) => {
    database.setNow(now);
    return (await api('select * from api.api_get_realtime_stats(array[$1::int], $2)', [live, minutes]))[0];
  };

  test('the last hour: contacts, handle time, service level, agents ready, contacts waiting', async () => {
    expect(await ask(at)).toEqual({
      service_id: live,
      service_code: 'LIVE',
      current_interval_start: new Date('2025-07-01T10:00Z'),
      from_time: new Date('2025-07-01T09:00Z'),
      to_time: new Date(at),
      data_until: new Date('2025-07-01T10:00Z'),
      // 10 + 20 + 10; the 500 of a quarter to nine are not of this hour.
      calls_last_hour: 40,
      // (1000 + 3000 + 500) of 30 handled.
      avg_handle_time_ms: 150_000,
      // 18 of 40.
      current_service_level: 45,
      // At a quarter to ten two of three had been ready.
      agents_available: 2,
      // 40 less 30 handled and 7 lost.
      calls_in_queue: 3,
      coverage_pct: 100,
    });
  });

  test('of a quarter of an hour, of a minute, and of more than is there', async () => {
    expect(await ask(at, 15)).toMatchObject({ calls_last_hour: 10, avg_handle_time_ms: 100_000, current_service_level: 30, calls_in_queue: 3 });
    expect(await ask('2025-07-01T10:01:00Z', 1)).toMatchObject({ calls_last_hour: null, current_service_level: null, data_until: null });
    expect(await ask(at, 1440)).toMatchObject({ calls_last_hour: 540, calls_in_queue: 3 });
  });

  test('what nobody says is null, and never 0: agents after half an hour, queues without a live source', async () => {
    expect(await ask('2025-07-01T10:30:00Z')).toMatchObject({ agents_available: null });
    database.setNow('2025-05-05T10:15:00Z');
    expect((await api(`select * from api.api_get_realtime_stats('{3}')`))[0]).toMatchObject({
      calls_last_hour: 1,
      agents_available: null,
      calls_in_queue: null,
    });
  });

  test('a lookback that cannot be is refused, an unknown service has no row', async () => {
    for (const minutes of [0, 1441, null]) await expect(ask(at, minutes)).rejects.toMatchObject({ code: 'QH400' });
    expect(await api(`select * from api.api_get_realtime_stats('{99999}')`)).toEqual([]);
  });
});
