import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await openTestSystem({ data: 'small' });
});
afterAll(() => system.close());

interface Item {
  [name: string]: unknown;
}
const items = async (url: string) => {
  const { status, body } = await system.get(`/api/v1/statistics/${url}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return (body as { items: Item[] }).items;
};
const morning = 'start_time=2025-03-03T09:00&end_time=2025-03-03T10:00&time_zone=Europe/Berlin';

describe('activity', () => {
  test('of agents by hour is one item each, of teams one per team, of all one', async () => {
    expect((await items(`agent_activity?${morning}&interval_minutes=60`)).map((one) => [one.scope_code, one.login_seconds, one.handled])).toEqual([
      ['A-1002', 1500, 4],
      ['A-1003', 900, 0],
      ['A-1004', 900, 4],
    ]);
    expect(
      (await items(`agent_activity?${morning}&interval_minutes=0&by=team`)).map((one) => [one.scope_code, one.agent_count, one.handled]),
    ).toEqual([
      ['LINE-1', 2, 8],
      ['LINE-2', 1, 0],
    ]);
    // Handle 950 + 810 of that and ready 300 + 90 + 900.
    const [all] = await items(`agent_activity?${morning}&interval_minutes=0&by=total`);
    expect(all).toMatchObject({ scope_key: 0, agent_count: 3, handle_seconds: 1760, occupancy_pct: expect.closeTo((100 * 1760) / 3050, 8) });
  });

  test('is asked of a team, an agent, a service, a queue', async () => {
    const codes = async (filter: string) => (await items(`agent_activity?${morning}&interval_minutes=0&${filter}`)).map((one) => one.scope_code);
    expect(await codes('team=LINE-1')).toEqual(['A-1002', 'A-1004']);
    expect(await codes('department=CC')).toEqual(['A-1002', 'A-1003', 'A-1004']);
    expect(await codes('agent=A-1003')).toEqual(['A-1003']);
    expect(await codes('service=SUPPORT&queue=LINE_2')).toEqual(['A-1003']);
    expect(await codes('service=SALES')).toEqual([]);
    // A key is nobody's superior.
    expect(await codes('my_team=true')).toEqual([]);
    expect(await codes('my_team=true&by=total')).toEqual([]);
    expect(await items('agent_comparison?my_team=true')).toEqual([]);
    expect(await system.get('/api/v1/statistics/agent_activity?agent=A-1')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await system.get('/api/v1/statistics/agent_activity?queue=LINE_1')).toMatchObject({ status: 400 });
  });

  test('without dates is that of the last 24 hours that have any, and pages by cursor', async () => {
    const first = (await system.get('/api/v1/statistics/agent_activity?limit=2')).body as { items: Item[]; next_cursor: string };
    const second = (await system.get(`/api/v1/statistics/agent_activity?limit=2&cursor=${first.next_cursor}`)).body as {
      items: Item[];
      next_cursor: null;
    };
    expect([...first.items, ...second.items].map((one) => [one.scope_code, one.interval_start])).toEqual([
      ['A-1002', '2025-03-03T08:00:00+00:00'],
      ['A-1003', '2025-03-03T08:00:00+00:00'],
      ['A-1002', '2025-03-03T08:15:00+00:00'],
      ['A-1004', '2025-03-03T08:15:00+00:00'],
    ]);
    expect(second.next_cursor).toBeNull();
  });

  test('my team is whom the signed-in person leads today', async () => {
    await system.test.owner.query(
      `insert into platform.users (user_id, login, display_name, role, status, created_by, created_at) values ('u1', 'anna', 'Anna', 'supervisor', 'active', 'test', now())`,
    );
    await system.test.owner.query(`update org.employees set user_id = 'u1' where personnel_number = '1002'`);
    const mine = await system.test.db.transaction(async (tx) => {
      await tx.query(`select set_config('qh.user', 'u1', true)`);
      return tx.query(
        `select scope_code from api.agent_intervals(p_my_team => true, p_start_time => '2025-03-03', p_end_time => '2025-03-04', p_interval_minutes => 0)`,
      );
    });
    // Petrova leads LINE-1: Keller, not herself.
    expect(mine).toEqual([{ scope_code: 'A-1004' }]);
  });
});

describe('the comparison', () => {
  test('ranks by a figure and says what all have together', async () => {
    const rows = await items(`agent_comparison?${morning}&rank_by=occupancy_pct`);
    expect(rows.map((one) => [one.rank, one.agent_code])).toEqual([
      [1, 'A-1004'],
      [2, 'A-1002'],
      [3, 'A-1003'],
    ]);
    expect(rows[0]).toMatchObject({ value: expect.closeTo(90, 8), together: expect.closeTo((100 * 1760) / 3050, 8) });
    // Of a sum the mean: 8 calls of three agents. Two share the first place.
    const byCalls = await items(`agent_comparison?${morning}`);
    expect(byCalls.map((one) => [one.rank, one.value, one.together])).toEqual([
      [1, 4, 8 / 3],
      [1, 4, 8 / 3],
      [3, 0, 8 / 3],
    ]);
    // Who has no value comes last, also when the lowest is first.
    expect((await items(`agent_comparison?${morning}&rank_by=aht_seconds&lowest_first=true`)).map((one) => one.agent_code)).toEqual([
      'A-1004',
      'A-1002',
      'A-1003',
    ]);
    expect(await system.get('/api/v1/statistics/agent_comparison?rank_by=luck')).toMatchObject({ status: 400 });
    // By each figure there is, the value is that figure, and all together have what they have as one scope.
    const kpis = await system.test.db.query<{ name: string }>('select substr(name, 7) as name from statistics.agent_kpis');
    const [all] = await items(`agent_activity?${morning}&interval_minutes=0&by=total`);
    for (const { name } of kpis) {
      const ranked = await items(`agent_comparison?${morning}&rank_by=${name}`);
      expect(
        ranked.map((one) => one.value),
        name,
      ).toEqual(ranked.map((one) => one[name]));
      const isRatio = /_pct$|_avg_seconds$|^aht_seconds$|^calls_per_hour$/.test(name);
      expect(ranked[0]!.together, name).toBeCloseTo(Number(all![name]) / (isRatio ? 1 : 3), 8);
    }
  });
});

describe('posted activity', () => {
  const post = async (rows: unknown[]) =>
    (await system.send('POST', '/api/v1/statistics/agent_activity', { rows })).body as { errors: Item[]; batch_id: string };
  const good = {
    agent_code: 'A-1002',
    service: 'SUPPORT',
    queue: 'LINE_1',
    interval_start_time: '2025-04-01T10:00',
    login_seconds: 900,
    talk_seconds: 600,
    handled: 3,
  };

  test('is taken row by row, the wrong ones with the rule that they break; the same again changes nothing', async () => {
    const rows = [
      good,
      { ...good, interval_start_time: '2025-04-01T10:15', login_seconds: 599 },
      { ...good, interval_start_time: '2025-04-01T10:20' },
      { ...good, interval_start_time: 'yesterday' },
      { ...good, agent_code: 'A-1' },
      { ...good, queue: 'LINE_7' },
      { ...good, talk_seconds: 'long' },
      { ...good, login_seconds: undefined },
    ];
    const posted = await post(rows);
    expect(posted).toMatchObject({ inserted_count: 1, error_count: 7 });
    expect(posted.errors.map((one) => [one.row_number, one.error_code])).toEqual([
      [2, 'AGENT_STATES_GT_LOGIN'],
      [3, 'OFF_GRID'],
      [4, 'BAD_VALUE'],
      [5, 'AGENT_UNKNOWN'],
      [6, 'QUEUE_UNKNOWN'],
      [7, 'BAD_VALUE'],
      [8, 'BAD_VALUE'],
    ]);
    expect(posted.errors[0]).toMatchObject({ record: rows[1], hint: expect.stringContaining('Every state') });
    expect(await post([good])).toMatchObject({ inserted_count: 0, updated_count: 0, unchanged_count: 1, error_count: 0 });
    expect(await items('agent_timeline?agent=A-1002&start_time=2025-04-01&end_time=2025-04-02&service=SUPPORT')).toMatchObject([
      { interval_start: '2025-04-01T08:00:00+00:00', queue: 'LINE_1', talk_seconds: 600, unaccounted_seconds: 300, batch_id: posted.batch_id },
    ]);
  });

  test('is taken back as a batch', async () => {
    const { batch_id } = await post([{ ...good, interval_start_time: '2025-04-02T10:00' }]);
    expect((await system.send('DELETE', `/api/v1/statistics/posted_batches/${batch_id}`)).body).toMatchObject({ rows_deleted: 1, rows_restored: 0 });
    expect(await items('agent_timeline?start_time=2025-04-02&end_time=2025-04-03')).toEqual([]);
  });
});

describe('the route of seed 002', () => {
  test('answers rows nested, with rates from 0 to 1, and all of them when nothing is asked', async () => {
    const { body } = await system.get(
      '/api/v1/db/database/agent-activity?agent_ids=1,3&group_ids=1&start_date=2025-03-03T08:00:00Z&end_date=2025-03-03T08:15:00Z',
    );
    expect(body).toMatchObject({
      activities: [
        {
          agent_id: 1,
          agent_code: 'A-1002',
          agent_name: 'Petrova Anna',
          email: null,
          group_id: 1,
          group_code: 'LINE_1',
          group_name: 'Line one',
          time_allocation: { login_time: 900, ready_time: 200, not_ready_time: 100, talk_time: 400, hold_time: 50, wrap_time: 100 },
          call_activity: { calls_handled: 3, calls_transferred: 1 },
          performance_metrics: {
            utilization_rate: expect.closeTo(400 / 900),
            occupancy_rate: expect.closeTo(550 / 900),
            calls_per_hour: expect.closeTo(12),
            avg_call_time: expect.closeTo(400 / 3),
          },
        },
      ],
      total_records: 1,
      next_cursor: null,
    });
    expect(await system.get('/api/v1/db/database/agent-activity')).toMatchObject({ status: 200 });
  });

  test('takes days and times without an offset, in the zone that the services share, else in UTC', async () => {
    const period = async (start: string, end: string) => {
      const answer = await system.get(`/api/v1/db/database/agent-activity?start_date=${start}&end_date=${end}`);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      const { query_params: asked } = answer.body as { query_params: { start_date: string; end_date: string } };
      return [asked.start_date, asked.end_date];
    };
    await using oneZone = await openTestSystem({ data: 'small' });
    await oneZone.test.owner.query(`update org.services set time_zone = 'Europe/Berlin'`);
    const { body } = await oneZone.get('/api/v1/db/database/agent-activity?start_date=2025-03-03&end_date=2025-03-04T08:00');
    expect(body).toMatchObject({ query_params: { start_date: '2025-03-02T23:00:00+00:00', end_date: '2025-03-04T07:00:00+00:00' } });
    await system.test.owner.query(`update org.services set time_zone = 'America/Bogota' where service_code = 'SALES'`);
    expect(await period('2025-03-03', '2025-03-04T08:00')).toEqual(['2025-03-03T00:00:00+00:00', '2025-03-04T08:00:00+00:00']);
    const calls = await system.get('/api/v1/statistics/calls_by_interval?service_ids=1&start_time=2025-03-03T09:00&end_time=2025-03-03T09:15');
    expect(calls.body).toMatchObject([{ interval_start: '2025-03-03T08:00:00+00:00' }]);
  });

  test('leaves the rates out when asked, and pages', async () => {
    const url =
      '/api/v1/db/database/agent-activity?start_date=2025-03-03T00:00:00Z&end_date=2025-03-04T00:00:00Z&include_performance_metrics=false&limit=3';
    const first = (await system.get(url)).body as { activities: Item[]; next_cursor: string };
    expect(first).toMatchObject({ total_records: 4, activities: [{ agent_id: 1 }, { agent_id: 2 }, { agent_id: 1 }] });
    expect(first.activities[0]).not.toHaveProperty('performance_metrics');
    expect((await system.get(`${url}&cursor=${first.next_cursor}`)).body).toMatchObject({
      total_records: 4,
      activities: [{ agent_id: 3 }],
      next_cursor: null,
    });
    expect(await system.get(`${url}&cursor=x`)).toMatchObject({ status: 400 });
  });
});

describe('the views of the seeds', () => {
  test('show the rows in their words', async () => {
    const one = async (view: string, where: string) => (await system.test.api.query(`select * from api.${view} where ${where}`)) as Item[];
    expect(await one('agent_activity', `agent_id = 1 and interval_start_time = '2025-03-03T08:00Z'`)).toMatchObject([
      {
        group_id: 1,
        login_time: 900,
        ready_time: 200,
        not_ready_time: 100,
        talk_time: 400,
        hold_time: 50,
        wrap_time: 100,
        calls_handled: 3,
        calls_transferred: 1,
      },
    ]);
    // Signed in for 900 and 600 seconds without a gap.
    expect(await one('agent_login_history', `agent_id = 1 and login_at < '2025-03-04'`)).toMatchObject([
      { login_at: new Date('2025-03-03T08:00Z'), logout_at: new Date('2025-03-03T08:25Z'), duration_seconds: 1500 },
    ]);
    expect(await one('agent_status_history', `agent_id = 3`)).toMatchObject([
      { status: 'ready', duration_seconds: 90 },
      { status: 'talking', duration_seconds: 600 },
      { status: 'wrap_up', duration_seconds: 210 },
    ]);
    system.test.setNow('2025-03-05T00:00:00Z');
    expect(await one('daily_agent_performance', `agent_id = 1 and activity_date = '2025-03-03'`)).toMatchObject([
      { total_login_time: 1500, total_talk_time: 700, occupancy_rate: 46.67 },
    ]);
    system.test.setNow(null);
    expect(await one('service_group_metrics', `group_id = 1 and interval_start_time = '2025-03-03T08:00Z'`)).toMatchObject([
      { group_code: 'LINE_1', offered: 111, handled: 91 },
    ]);
  });
});
