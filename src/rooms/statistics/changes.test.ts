import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadQuarters } from '../../../test/fixtures/agents.ts';
import { loadRows, loadSmall } from '../../../test/fixtures/small.ts';

/** Who follows the changes reads each at least once, whatever the order in which transactions begin and commit. */
const database = await testDatabase();
await loadSmall(database);
beforeAll(() => database.setNow('2025-05-01T12:00:00Z'));
afterAll(() => database.setNow(null));

interface Change {
  table_name: string;
  operation: string;
  record_id: number;
  data: { interval_start_time: string; offered?: number; handled?: number };
  cursor: string;
}
/** The feed stops before the oldest transaction that runs, also in the databases of other tests: waits until those of now have ended. */
async function settled(): Promise<void> {
  const [{ until } = { until: '' }] = await database.owner.query<{ until: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as until');
  for (;;) {
    const [now] = await database.owner.query<{ done: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as done', [until]);
    if (now?.done) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const changes = (cursor: string | null, limit = 1000) =>
  database.api.query<Change>('select * from api.api_get_changes_since(p_limit => $1, p_cursor => $2)', [limit, cursor]);
const end = async () => {
  await settled();
  return (await changes(null, 100_000)).at(-1)!.cursor;
};
const row = (at: string, offered: number) => ({ service_id: 2, source_id: 7, interval_start_time: at, interval_minutes: 15, offered });
const seen = (found: Change[]) => found.map(({ operation, data }) => `${operation} ${data.interval_start_time.slice(11, 16)} ${data.offered ?? '-'}`);

describe('the feed of changes', () => {
  test('tells what was inserted, updated, brought back and deleted', async () => {
    let cursor = await end();
    const next = async () => {
      await settled();
      const found = await changes(cursor);
      cursor = found.at(-1)?.cursor ?? cursor;
      return seen(found);
    };
    const first = await loadRows(database, [row('2025-05-01T08:00Z', 5), row('2025-05-01T08:15Z', 6)]);
    expect(await next()).toEqual(['INSERT 08:00 5', 'INSERT 08:15 6']);
    database.setNow('2025-05-01T13:00:00Z');
    const second = await loadRows(database, [row('2025-05-01T08:15Z', 7), row('2025-05-01T08:30Z', 8)]);
    expect(await next()).toEqual(['UPDATE 08:15 7', 'INSERT 08:30 8']);
    await database.db.query('select statistics.undo_batch($1)', [second]);
    expect(new Set(await next())).toEqual(new Set(['INSERT 08:15 6', 'DELETE 08:30 -']));
    await database.db.query('select statistics.undo_batch($1)', [first]);
    expect(new Set(await next())).toEqual(new Set(['DELETE 08:00 -', 'DELETE 08:15 -']));
    expect(await next()).toEqual([]);
  });

  test('goes on in the middle of a change, and ids are those of the views', async () => {
    const cursor = await end();
    await loadRows(database, [row('2025-05-02T08:00Z', 1), row('2025-05-02T08:15Z', 2), row('2025-05-02T08:30Z', 3)]);
    await loadQuarters(database, [{ agent: 2, at: '2025-05-02T08:00Z', ready: 9 }]);
    await settled();
    const found: Change[] = [];
    for (let at = cursor; ; at = found.at(-1)!.cursor) {
      const [one] = await changes(at, 1);
      if (one === undefined) break;
      found.push(one);
    }
    expect(found.map(({ table_name, operation }) => `${table_name} ${operation}`)).toEqual([
      ...Array.from({ length: 3 }, () => 'contact_statistics INSERT'),
      'agent_activity INSERT',
    ]);
    expect(
      await database.api.query('select id from api.contact_statistics where source_id = 7 and interval_start_time = $1', ['2025-05-02T08:15Z']),
    ).toEqual([{ id: found[1]!.record_id }]);
    expect(
      await database.api.query('select id from api.agent_activity where agent_id = 2 and interval_start_time = $1', ['2025-05-02T08:00Z']),
    ).toEqual([{ id: found[3]!.record_id }]);
  });

  test('begins after a moment for who has no cursor', async () => {
    const found = await database.api.query<Change>(`select * from api.api_get_changes_since('2025-05-01T12:30:00Z')`);
    expect(found.length).toBeGreaterThan(0);
    expect(await database.api.query(`select * from api.api_get_changes_since('2100-01-01T00:00:00Z')`)).toEqual([]);
  });

  test('tells of a cursor that it does not know any more', async () => {
    await expect(changes('x')).rejects.toMatchObject({ code: 'QH400' });
    await expect(changes('00000000.1.1.0')).rejects.toMatchObject({ code: 'QH409' });
    const cursor = await end();
    await database.owner.query(`update statistics.change_log set changed_at = '2024-01-01'`);
    expect(await database.db.query('select statistics.forget_changes() > 0 as forgotten')).toEqual([{ forgotten: true }]);
    await expect(changes(cursor)).rejects.toMatchObject({ code: 'QH409' });
    expect(await changes(null)).toEqual([]);
  });
});

/** Three writers: each begins, writes, and commits or gives up. Every order of these steps is tried over real connections. */
type Step = [writer: number, what: 'write' | 'commit' | 'rollback'];
function orders(left: Step[][]): Step[][] {
  if (left.every((steps) => steps.length === 0)) return [[]];
  return left.flatMap(([first, ...rest], at) => (first === undefined ? [] : orders(left.with(at, rest)).map((tail) => [first, ...tail])));
}
const script = orders([
  [
    [0, 'write'],
    [0, 'commit'],
  ],
  [
    [1, 'write'],
    [1, 'commit'],
  ],
  [
    [2, 'write'],
    [2, 'rollback'],
  ],
]);

test(`nothing is passed over in any of ${script.length} orders of three writers, read after every step`, async () => {
  database.setNow('2025-05-03T12:00:00Z');
  let day = Date.parse('2025-05-04T00:00:00Z');
  await loadQuarters(database, [{ agent: 3, at: new Date(day).toISOString(), ready: 1 }]);
  let cursor = await end();
  const clients = [0, 1, 2].map(() => new pg.Client({ connectionString: database.url('server') }));
  await Promise.all(clients.map((client) => client.connect()));
  try {
    for (const order of script) {
      day += 86_400_000;
      const got: number[] = [];
      const read = async () => {
        const found = await changes(cursor);
        cursor = found.at(-1)?.cursor ?? cursor;
        got.push(...found.map(({ data }) => (data as unknown as { agent_id: number }).agent_id - 1));
      };
      for (const [writer, what] of order) {
        const client = clients[writer]!;
        if (what === 'write') {
          await client.query('begin');
          await client.query('select statistics.make_agent_rows()');
          await client.query('insert into pg_temp.agent_rows values (1, $1, 0, 0, $2, 60, 60, 0, 0, 0, 0, 0, 0)', [
            writer + 1,
            new Date(day).toISOString(),
          ]);
          await client.query('select statistics.load_agent_rows(gen_random_uuid())');
        } else await client.query(what);
        await read();
      }
      await settled();
      await read();
      expect(
        got.toSorted((a, b) => a - b),
        JSON.stringify(order),
      ).toEqual([0, 1]);
    }
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
});
