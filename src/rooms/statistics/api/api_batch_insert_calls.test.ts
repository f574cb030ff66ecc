import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { loadSmall } from '../../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadSmall(database);

interface Answer {
  batch_id: string;
  inserted_count: number;
  updated_count: number;
  unchanged_count: number;
  error_count: number;
  duration_ms: number;
  errors: { record: unknown; error: string; error_code: string; row_number: number }[];
}
async function post(calls: unknown): Promise<Answer> {
  const [answer] = await database.api.query<Answer>('select * from api.api_batch_insert_calls($1)', [JSON.stringify(calls)]);
  return answer!;
}
const figures = (from: string, to: string) => database.api.query(`select * from api.intervals('SALES', null, $1, $2, 0)`, [from, to]);
const at = (time: string, more: object = {}) => ({ interval_start_time: `2025-04-01T${time}Z`, service_id: 2, received_calls: 10, ...more });

test('a posted row counts; averages become sums over the treated calls', async () => {
  const answer = await post([
    at('10:00', {
      treated_calls: 9,
      miss_calls: 1,
      aht_ms: 185_500,
      talk_time_ms: 150_000,
      post_time_ms: 30_000,
      unique_received_calls: 7,
      answered_in_threshold: 8,
    }),
  ]);
  expect(answer).toMatchObject({ inserted_count: 1, updated_count: 0, unchanged_count: 0, error_count: 0, errors: [] });
  expect(answer.duration_ms).toBeGreaterThan(0);
  expect(await figures('2025-04-01T10:00Z', '2025-04-01T10:15Z')).toMatchObject([
    // 185.5 s × 9 = 1669.5, rounded to whole seconds.
    {
      offered: 10,
      unique_offered: 7,
      handled: 9,
      abandoned: 1,
      answered_in_threshold: 8,
      talk_seconds: 1350,
      wrap_seconds: 270,
      hold_seconds: 50,
      service_level_pct: 80,
    },
  ]);
  expect(
    await database.api.query(`select kind, external_name, queue from api.facts('SALES', null, '2025-04-01T10:00Z', '2025-04-01T10:15Z')`),
  ).toEqual([{ kind: 'api', external_name: '', queue: null }]);
});

test('only a post that brings a new source tells listeners that the vocabulary changed', async () => {
  const listener = new pg.Client({ connectionString: database.url('owner') });
  await listener.connect();
  const topics: string[] = [];
  listener.on('notification', ({ payload }) => topics.push((JSON.parse(payload!) as { topic: string }).topic));
  await listener.query('listen qh');
  const heard = (topic: string) => expect.poll(() => topics.includes(topic), { timeout: 20_000 }).toBe(true);
  const told = async (calls: unknown) => {
    await post(calls);
    await heard('statistics.changed');
    return topics.splice(0).toSorted();
  };
  // The first post of a service made its source.
  expect(await told([at('10:15'), at('10:30')])).toEqual(['statistics.changed']);
  const [queue] = await database.owner.query<{
    group_id: number;
  }>(`insert into org.groups (service_id, group_code, group_name, created_at, updated_at)
    values (2, 'TOLD', 'Told', now(), now()) returning group_id`);
  await heard('org.changed');
  topics.splice(0);
  expect(await told([at('10:45', { group_id: queue!.group_id })])).toEqual(['org.changed', 'statistics.changed']);
  expect(await told([at('11:45', { group_id: queue!.group_id })])).toEqual(['statistics.changed']);
  await listener.end();
});

test('a handle time alone is all talk, so that the average stays what was posted', async () => {
  await post([at('11:00', { treated_calls: 4, aht_ms: 200_000 })]);
  expect(await figures('2025-04-01T11:00Z', '2025-04-01T11:15Z')).toMatchObject([{ aht_seconds: 200, wrap_seconds: 0, hold_seconds: null }]);
});

test('what is not said stays unknown', async () => {
  await post([at('12:00')]);
  expect(await figures('2025-04-01T12:00Z', '2025-04-01T12:15Z')).toMatchObject([
    { offered: 10, handled: null, abandoned: null, talk_seconds: null, aht_seconds: null, abandonment_pct: null, unique_offered: null },
  ]);
});

test('with a group_id the source is called like the queue and mapped to it', async () => {
  await database.db.query(`select org.create_queue(2, 'SALES_2')`);
  const [queue] = await database.db.query<{ id: number }>(`select group_id as id from org.queues where group_code = 'SALES_2'`);
  await post([at('13:00', { group_id: queue!.id }), at('13:15', { group_id: queue!.id })]);
  expect(await database.api.query(`select kind, external_name, queue from api.list_sources('SALES') where queue = 'SALES_2'`)).toEqual([
    { kind: 'api', external_name: 'SALES_2', queue: 'SALES_2' },
  ]);
  // After the queue has another code its figures stay in the one source: nothing counts twice.
  await database.db.query(`select api.update_queue($1, p_group_code => 'RENAMED')`, [queue!.id]);
  await post([at('13:00', { group_id: queue!.id })]);
  expect(await database.api.query(`select offered from api.intervals('SALES', 'RENAMED', '2025-04-01T13:00Z', '2025-04-01T14:00Z', 0)`)).toEqual([
    { offered: 20 },
  ]);
});

test('the same rows again change nothing, other figures update', async () => {
  const rows = [at('14:00', { treated_calls: 5 }), at('14:15', { treated_calls: 6 })];
  expect(await post(rows)).toMatchObject({ inserted_count: 2 });
  expect(await post(rows)).toMatchObject({ inserted_count: 0, updated_count: 0, unchanged_count: 2 });
  expect(await post([rows[0], at('14:15', { treated_calls: 7 })])).toMatchObject({ inserted_count: 0, updated_count: 1, unchanged_count: 1 });
});

test('a wrong row is told and the rest goes in', async () => {
  const wrong: [unknown, string, string][] = [
    [1, 'QH400', 'not an object'],
    [{}, 'QH400', 'service_id is required'],
    [at('15:00', { service_id: 99 }), 'QH404', '99'],
    [at('15:00', { service_id: '2; drop table' }), 'QH404', 'drop table'],
    [at('15:00', { group_id: 1 }), 'QH404', 'no queue with id 1'],
    [at('15:07'), 'QH400', 'grid of 15 minutes'],
    [at('15:15', { interval_minutes: 30 }), 'QH400', 'grid of 30 minutes'],
    [at('15:00', { interval_minutes: 20 }), 'QH400', '15, 30 or 60'],
    [{ ...at('15:00'), interval_start_time: '2025-02-30T10:00:00Z' }, 'QH400', '2025-02-30'],
    [{ ...at('15:00'), interval_start_time: '2025-04-01T25:00:00Z' }, 'QH400', '25:00'],
    [{ ...at('15:00'), interval_start_time: '9999-04-01T10:00:00Z' }, 'QH400', 'years'],
    [{ ...at('15:00'), interval_start_time: null }, 'QH400', 'interval_start_time is required'],
    [at('15:00', { received_calls: -1 }), 'QH400', 'received_calls'],
    [at('15:00', { received_calls: 1.5 }), 'QH400', 'received_calls'],
    [at('15:00', { received_calls: 9_999_999_999 }), 'QH400', 'received_calls'],
    [at('15:00', { received_calls: null }), 'QH400', 'received_calls is required'],
    [at('15:00', { treated_calls: 11 }), 'QH400', 'more than received_calls'],
    [at('15:00', { miss_calls: 11 }), 'QH400', 'more than received_calls'],
    [at('15:00', { treated_calls: 5, answered_in_threshold: 6 }), 'QH400', 'more than treated_calls'],
    [at('15:00', { aht_ms: 'fast' }), 'QH400', 'aht_ms'],
    [at('15:00', { aht_ms: 100, talk_time_ms: 90, post_time_ms: 20 }), 'QH400', 'less than'],
    [at('15:00', { recieved: 3 }), 'QH400', 'unknown field: recieved'],
  ];
  const answer = await post([...wrong.map(([row]) => row), at('15:00')]);
  expect(answer).toMatchObject({ inserted_count: 1, error_count: wrong.length });
  wrong.forEach(([record, error_code, error], index) =>
    expect(answer.errors[index]).toEqual({ record, error_code, error: expect.stringContaining(error), row_number: index + 1 }),
  );
});

test('of rows that contradict each other the last is kept and the others are told', async () => {
  const answer = await post([at('16:00', { received_calls: 1 }), at('16:00', { received_calls: 2 }), at('16:00', { received_calls: 2 })]);
  expect(answer).toMatchObject({ inserted_count: 1, unchanged_count: 1, error_count: 1, errors: [{ row_number: 1, error_code: 'QH409' }] });
  expect(await figures('2025-04-01T16:00Z', '2025-04-01T16:15Z')).toMatchObject([{ offered: 2 }]);
});

test('a row of another length over one that is there is refused', async () => {
  await post([at('17:00'), at('17:15')]);
  // 22:30 in Kolkata: the grid of half hours is the service's, not UTC's.
  expect(await post([at('17:00', { interval_minutes: 30 })])).toMatchObject({ inserted_count: 0, error_count: 1, errors: [{ error_code: 'QH409' }] });
});

test("a time without offset is in the service's zone", async () => {
  await post([{ ...at(''), interval_start_time: '2025-04-02T10:00' }]);
  expect(await figures('2025-04-02T04:30Z', '2025-04-02T04:45Z')).toMatchObject([{ offered: 10 }]);
});

test('nothing to do is no error; what is no list is', async () => {
  expect(await post([])).toMatchObject({ inserted_count: 0, error_count: 0, errors: [] });
  await expect(post({ calls: [] })).rejects.toMatchObject({ code: 'QH400' });
  await expect(database.api.query('select api.api_batch_insert_calls(null)')).rejects.toMatchObject({ code: 'QH400' });
});

test("several calls in one transaction do not see each other's rows", async () => {
  await database.inTransaction(async (tx) => {
    for (const time of ['20:00', '20:15']) {
      const [answer] = await tx.query('select * from api.api_batch_insert_calls($1)', [JSON.stringify([at(time)])]);
      expect(answer).toMatchObject({ inserted_count: 1 });
    }
  }, 'api');
});

test('a batch is in the history and can be taken back once: what it overwrote returns', async () => {
  await post([at('18:00', { received_calls: 5 })]);
  const { batch_id } = await post([at('18:00', { received_calls: 6 }), at('18:15')]);
  const [newest] = await database.api.query('select * from api.posted_batches() limit 1');
  expect(newest).toMatchObject({
    batch_id,
    source: 'ui_upload',
    rows_total: 2,
    rows_inserted: 1,
    rows_updated: 1,
    rows_rejected: 0,
    undone_at: null,
  });
  expect(await database.api.query('select * from api.undo_posted_batch($1)', [batch_id])).toMatchObject([{ batch_id, rows_restored: 1 }]);
  expect(await figures('2025-04-01T18:00Z', '2025-04-01T19:00Z')).toMatchObject([{ offered: 5 }]);
  await expect(database.api.query('select * from api.undo_posted_batch($1)', [batch_id])).rejects.toMatchObject({ code: 'QH409' });
  await expect(database.api.query('select * from api.undo_posted_batch(gen_random_uuid())')).rejects.toMatchObject({ code: 'QH404' });
});
