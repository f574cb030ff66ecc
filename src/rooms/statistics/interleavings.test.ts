import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { Session, settle } from '../../../test/fixtures/sessions.ts';
import { addQueue, difference, inexact, load, makeService, mapSource } from '../../../test/fixtures/store.ts';
import { asDb } from '../../../test/fixtures/store_world.ts';

/**
 * Every order in which the steps of two transactions can meet, over real connections. A refresh is taken apart into its
 * lock, what it folds and its commit; a writer into begin, write and commit. A step that waits for a lock is let go on
 * when the other one commits.
 */
const database = await testDatabase();
const { db } = database;
const monitor = new pg.Client({ connectionString: database.url('superuser') });
await monitor.connect();
const first = await Session.open(database.url('server'));
const second = await Session.open(database.url('server'));
afterAll(async () => {
  await first.close();
  await second.close();
  await monitor.end();
});

type Step = (client: pg.Client) => Promise<unknown>;

/** All merges of two sequences that keep each one's order. */
function merges(a: number, b: number): number[][] {
  if (a === 0) return [Array<number>(b).fill(1)];
  if (b === 0) return [Array<number>(a).fill(0)];
  return [...merges(a - 1, b).map((rest) => [0, ...rest]), ...merges(a, b - 1).map((rest) => [1, ...rest])];
}

/** Runs two scripts in the given order; a session that waits takes its later steps as soon as it can. */
async function interleave(order: readonly number[], scripts: readonly [readonly Step[], readonly Step[]]): Promise<void> {
  const sessions = [first, second];
  const places = [0, 0];
  const behind = [0, 0];
  let seen = 0;
  const advance = async (who: number): Promise<void> => {
    const session = sessions[who]!;
    if (session.waiting !== null && (await settle(monitor, session, session.waiting)) === 'waiting') return;
    while (behind[who]! > 0) {
      behind[who]!--;
      const step = scripts[who]![places[who]!]!(session.client);
      places[who] = places[who]! + 1;
      if ((await settle(monitor, session, step)) === 'waiting') return;
      await step;
    }
  };
  for (const who of order) {
    behind[who]!++;
    await advance(who);
    // What the step released may let the other one go on.
    await advance(1 - who);
    // What others see changes at the end of a script only.
    const ended = scripts.filter((script, index) => places[index] === script.length).length;
    if (ended > seen) expect(await inexact(asDb(monitor), service), `order ${order.join('')}`).toEqual([]);
    seen = ended;
  }
  await advance(0);
  await advance(1);
}

const { service, sources } = await makeService(db, 'STEPS', 'Europe/Moscow', ['report', 'report:a', 'live:a']);
const [total, named, live] = sources as [number, number, number];
const queue = await addQueue(db, service, 'STEPS_Q');
await db.query(`select statistics.ensure_partitions('{2025-01-01,2025-02-01}')`);

const refresh: Step[] = [
  (client) => client.query('begin'),
  (client) => client.query('select statistics.lock_rollups()'),
  (client) => client.query('select statistics.refresh()'),
  (client) => client.query('commit'),
];
const rolledBack = [...refresh.slice(0, 3), (client: pg.Client) => client.query('rollback')];

function writing(...rows: [source: number, start: string, offered: number, minutes?: number][]): Step[] {
  const batch = randomUUID();
  const records = rows.map(([source, start, offered, minutes = 15], index) => ({
    row_number: index + 1,
    service_id: service,
    source_id: source,
    interval_start_time: start,
    interval_minutes: minutes,
    offered,
  }));
  return [
    async (client) => {
      await client.query('begin');
      await client.query('select statistics.make_interval_rows()');
      await client.query('insert into pg_temp.interval_rows select * from jsonb_populate_recordset(null::statistics.interval_row, $1)', [
        JSON.stringify(records),
      ]);
    },
    (client) => client.query('select statistics.load_interval_rows($1)', [batch]),
    (client) => client.query('commit'),
  ];
}

const changing = (text: string, ...values: unknown[]): Step[] => [
  (client) => client.query('begin'),
  (client) => client.query(text, values),
  (client) => client.query('commit'),
];

/** The same start for each order: three sources over midnight, folded. */
async function reset(): Promise<string> {
  await monitor.query(
    'truncate statistics.contact_statistics, statistics.rollups, statistics.touched_log, statistics.loads, statistics.overwritten_rows, org.source_mappings',
  );
  await monitor.query(`update org.services set time_zone = 'Europe/Moscow', kind_precedence = '{report,live,api,load}'`);
  await mapSource(db, service, named, queue);
  const { batch } = await load(db, service, [
    { source: total, start: '2025-01-31T20:45Z', offered: 10 },
    { source: named, start: '2025-01-31T20:45Z', offered: 9 },
    { source: live, start: '2025-01-31T20:45Z', offered: 8 },
    { source: named, start: '2025-01-31T21:00Z', offered: 7 },
    { source: live, start: '2025-01-31T21:15Z', offered: 6 },
  ]);
  await db.query('select statistics.refresh()');
  return batch;
}

async function everyOrder(makeScripts: (batch: string) => [Step[], Step[]]): Promise<void> {
  const lengths = makeScripts(randomUUID()).map((script) => script.length) as [number, number];
  for (const order of merges(...lengths)) {
    const scripts = makeScripts(await reset());
    await interleave(order, scripts);
    await db.query('select statistics.refresh()');
    const stale = await difference(asDb(monitor), 'statistics.rollups', 'statistics.recompute()');
    expect(stale, `order ${order.join('')}`).toEqual([]);
    expect(await db.query('select * from statistics.touched_log')).toEqual([]);
  }
}

const more = () => writing([total, '2025-01-31T20:45Z', 11], [named, '2025-01-31T21:00Z', 70], [live, '2025-01-31T21:30Z', 1]);

describe('in every order of their steps the view is exact after each and the rollups at the end', () => {
  test('a writer and a refresh', () => everyOrder(() => [more(), refresh]));
  test('a writer and a refresh that is rolled back', () => everyOrder(() => [more(), rolledBack]));
  test('two writers of the same rows', () => everyOrder(() => [more(), writing([total, '2025-01-31T20:45Z', 12], [named, '2025-01-31T21:15Z', 3])]));
  test('an undo and a refresh', () => everyOrder((batch) => [changing('select statistics.undo_batch($1)', batch), refresh]));
  test('an undo and a writer', () => everyOrder((batch) => [changing('select statistics.undo_batch($1)', batch), more()]));
  test('another queue for a source and a writer', () =>
    everyOrder(() => [changing('delete from org.source_mappings where service_id = $1', service), more()]));
  test('another queue for a source and a refresh', () =>
    everyOrder(() => [changing('delete from org.source_mappings where service_id = $1', service), refresh]));
  test('another zone and a refresh', () =>
    everyOrder(() => [changing(`update org.services set time_zone = 'Asia/Kolkata' where service_id = $1`, service), refresh]));
  test('another precedence and a writer', () =>
    everyOrder(() => [changing(`update org.services set kind_precedence = '{live,load,api,report}' where service_id = $1`, service), more()]));
});

test('two refreshes, each with its own log entries to claim, leave nothing stale', async () => {
  for (const order of merges(refresh.length, refresh.length)) {
    await reset();
    await load(db, service, [{ source: total, start: '2025-01-31T20:45Z', offered: 99 }]);
    await interleave(order, [refresh, refresh]);
    expect(await difference(asDb(monitor), 'statistics.rollups', 'statistics.recompute()'), `order ${order.join('')}`).toEqual([]);
  }
});
