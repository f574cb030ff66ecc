import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addSource, type FactRow, fillRows, inexact, load, makeService } from '../../../test/fixtures/store.ts';

/** How rows are loaded, replaced and undone, by hand-made cases. */

const database = await testDatabase();
const { db } = database;
let count = 0;
let service = 0;
let source = 0;

beforeEach(async () => {
  const made = await makeService(db, `LOAD_${++count}`, 'UTC', ['report']);
  service = made.service;
  source = made.sources[0]!;
});

const at = (time: string, offered: number, minutes: 15 | 30 | 60 = 15): FactRow => ({ source, start: `2025-05-06T${time}Z`, minutes, offered });
const undo = (batch: string) =>
  db.query<{ rows_deleted: number; rows_restored: number }>('select * from statistics.undo_batch($1)', [batch]).then((rows) => rows[0]);

async function facts(): Promise<string[]> {
  const rows = await db.query<{ fact: string }>(
    `select to_char(interval_start_time, 'HH24:MI') || ' ' || interval_minutes || ' ' || offered as fact
     from statistics.contact_statistics where service_id = $1 order by interval_start_time`,
    [service],
  );
  expect(await inexact(db, service)).toEqual([]);
  return rows.map(({ fact }) => fact);
}

describe('loading', () => {
  test('inserts what is new, updates what differs, confirms the rest; the same rows again change nothing', async () => {
    expect(await load(db, service, [at('10:00', 1), at('10:15', 2)])).toMatchObject({ rows_inserted: 2, rows_updated: 0, rows_unchanged: 0 });
    expect(await load(db, service, [at('10:15', 3), at('10:00', 1), at('10:30', 4)])).toMatchObject({
      rows_inserted: 1,
      rows_updated: 1,
      rows_unchanged: 1,
    });
    expect(await facts()).toEqual(['10:00 15 1', '10:15 15 3', '10:30 15 4']);
    await db.query('select statistics.refresh()');
    const versions = () =>
      db.query('select xmin::text, interval_start_time from statistics.contact_statistics where service_id = $1 order by 2', [service]);
    const before = await versions();
    expect(await load(db, service, [at('10:15', 3), at('10:00', 1), at('10:30', 4)])).toMatchObject({
      rows_inserted: 0,
      rows_updated: 0,
      rows_unchanged: 3,
    });
    expect(await versions()).toEqual(before);
    expect(await db.query('select * from statistics.touched_log')).toEqual([]);
  });

  test('listeners hear one notice with what changed', async () => {
    const listener = new pg.Client({ connectionString: database.url('server') });
    await listener.connect();
    const heard: string[] = [];
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('listen qh');
    const { batch } = await load(db, service, [at('10:00', 1), at('10:15', 2)]);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(1);
    expect(JSON.parse(heard[0]!)).toMatchObject({ topic: 'statistics.changed', batch_id: batch, service_ids: [service] });
    await listener.end();
  });

  test('a row of another length over existing ones is refused and named, also where it starts with one', async () => {
    await load(db, service, [at('10:00', 1), at('10:15', 2)]);
    for (const row of [at('10:00', 9, 60), at('10:00', 9, 30)]) {
      const conflicts = await db.transaction(async (tx) => {
        await fillRows(tx, service, [at('11:00', 5, 60), row]);
        return tx.query('select row_number, other_minutes from statistics.granularity_conflicts()');
      });
      expect(conflicts).toEqual([{ row_number: 2, other_minutes: 15 }]);
      await expect(load(db, service, [row])).rejects.toMatchObject({ code: 'QH409' });
    }
    await expect(load(db, service, [at('12:00', 5, 60), at('12:15', 5)])).rejects.toMatchObject({ code: 'QH409' });
    await expect(load(db, service, [{ ...at('12:00', 1), source: 999_999 }])).rejects.toMatchObject({ code: 'QH404' });
    expect(await facts()).toEqual(['10:00 15 1', '10:15 15 2']);
  });

  test('replacing takes the hour whole, and undoing it brings the hour back', async () => {
    await load(db, service, [at('09:45', 7), at('10:00', 1), at('10:15', 2), at('10:45', 4), at('11:00', 5)]);
    const { batch } = await load(db, service, [at('10:00', 100, 60)], { replace: true });
    expect(await facts()).toEqual(['09:45 15 7', '10:00 60 100', '11:00 15 5']);
    expect(await undo(batch)).toEqual({ rows_deleted: 1, rows_restored: 3 });
    expect(await facts()).toEqual(['09:45 15 7', '10:00 15 1', '10:15 15 2', '10:45 15 4', '11:00 15 5']);
  });

  test('impossible rows do not enter', async () => {
    for (const row of [
      { offered: 1, handled: 2 },
      { offered: -1 },
      { handled: 1, answered_in_threshold: 2 },
      { offered: 5, abandoned: 1, abandoned_in_5s: 2 },
    ]) {
      await expect(load(db, service, [{ source, start: '2025-05-06T10:00Z', ...row }])).rejects.toMatchObject({ code: '23514' });
    }
    await expect(load(db, service, [{ source, start: '2025-05-06T10:07Z', offered: 1 }])).rejects.toMatchObject({ code: '23514' });
    expect(await facts()).toEqual([]);
  });
});

describe('undoing', () => {
  test('from the middle, and in any order', async () => {
    const one = await load(db, service, [at('10:00', 1)]);
    const two = await load(db, service, [at('10:00', 2), at('10:15', 2)]);
    const three = await load(db, service, [at('10:00', 3)]);
    await undo(two.batch);
    expect(await facts()).toEqual(['10:00 15 3']);
    await undo(three.batch);
    expect(await facts()).toEqual(['10:00 15 1']);
    await undo(one.batch);
    expect(await facts()).toEqual([]);
    expect(await undo(one.batch)).toEqual({ rows_deleted: 0, rows_restored: 0 });
  });

  test('keeps what a later batch brought unchanged', async () => {
    const one = await load(db, service, [at('10:00', 1), at('10:15', 2)]);
    const two = await load(db, service, [at('10:15', 2), at('10:30', 3)]);
    expect(await undo(one.batch)).toEqual({ rows_deleted: 1, rows_restored: 0 });
    expect(await facts()).toEqual(['10:15 15 2', '10:30 15 3']);
    expect(await undo(two.batch)).toEqual({ rows_deleted: 2, rows_restored: 0 });
    expect(await facts()).toEqual([]);
  });

  test('is refused where rows of two lengths would lie over each other, naming the batch to undo first', async () => {
    await load(db, service, [at('10:00', 1), at('10:15', 2)]);
    const replaced = await load(db, service, [at('10:00', 9, 60)], { replace: true });
    const later = await load(db, service, [at('10:00', 10, 60)]);
    await expect(undo(replaced.batch)).rejects.toMatchObject({ code: 'QH409', hint: expect.stringContaining(later.batch) });
    await undo(later.batch);
    await undo(replaced.batch);
    expect(await facts()).toEqual(['10:00 15 1', '10:15 15 2']);
  });
});

test('a partition is made for any month that arrives and takes the rows that waited in the default one', async () => {
  await load(db, service, [
    { source, start: '2019-02-03T10:00Z', offered: 5 },
    { source, start: '2031-12-31T23:45Z', offered: 6 },
  ]);
  const waiting = () =>
    db
      .query<{ rows: number }>(
        `select count(*)::int as rows from statistics.contact_statistics_default where interval_start_time not between '2020-01-01Z' and '2030-01-01Z'`,
      )
      .then((rows) => rows[0]!.rows);
  expect(await waiting()).toBe(2);
  const makers = Array.from({ length: 4 }, () =>
    db.query<{ made: number }>(`select statistics.ensure_partitions('{2019-02-01,2031-12-15}') as made`),
  );
  const made = await Promise.all(makers);
  expect(made.map((rows) => rows[0]!.made).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 2]);
  expect(await waiting()).toBe(0);
  const [named] = await db.query(`select count(*)::int as rows from statistics.contact_statistics_2019_02`);
  expect(named).toEqual({ rows: 1 });
  expect(await db.query(`select statistics.ensure_partitions('{2019-02-01}') as made`)).toEqual([{ made: 0 }]);
});

test('a second source gives the service intervals of its own, its removal takes them', async () => {
  await load(db, service, [at('10:00', 1)]);
  const grains = async () => {
    await db.query('select statistics.refresh()');
    expect(await inexact(db, service)).toEqual([]);
    return (await db.query<{ grain: number }>('select distinct grain from statistics.rollups where service_id = $1 order by 1', [service])).map(
      ({ grain }) => grain,
    );
  };
  expect(await grains()).toEqual([60, 1440, 43200]);
  const second = await addSource(db, service, 'load');
  expect(await grains()).toEqual([0, 60, 1440, 43200]);
  await db.query('delete from org.sources where source_id = $1', [second]);
  expect(await grains()).toEqual([60, 1440, 43200]);
});

test('a load that is killed at any of its statements leaves nothing, and the same load again is whole', async () => {
  const superuser = new pg.Client({ connectionString: database.url('superuser') });
  await superuser.connect();
  const rows = Array.from({ length: 96 }, (_, index): FactRow => ({
    source,
    start: new Date(Date.parse('2025-05-06T00:00Z') + index * 900_000).toISOString(),
    offered: index,
  }));
  await load(
    db,
    service,
    rows.slice(0, 40).map((row) => ({ ...row, offered: 1 })),
  );
  const before = await facts();
  const places = ['loads', 'overwritten_rows', 'contact_statistics_default', 'touched_log'];
  for (const place of places) {
    // The writer stops at a table that another session holds, and is killed there.
    const holder = new pg.Client({ connectionString: database.url('superuser') });
    await holder.connect();
    await holder.query('begin');
    await holder.query(`lock table statistics.${place} in share mode`);
    const victim = new pg.Client({ connectionString: database.url('server') });
    victim.on('error', () => {});
    await victim.connect();
    const { rows: pids } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
    await victim.query('begin; select statistics.make_interval_rows()');
    const records = rows.map((row, index) => ({
      row_number: index + 1,
      service_id: service,
      source_id: source,
      interval_start_time: row.start,
      interval_minutes: 15,
      offered: row.offered,
    }));
    await victim.query('insert into pg_temp.interval_rows select * from jsonb_populate_recordset(null::statistics.interval_row, $1)', [
      JSON.stringify(records),
    ]);
    const loading = victim.query('select statistics.load_interval_rows($1)', [randomUUID()]).catch((error: unknown) => error);
    await expect
      .poll(async () => (await superuser.query('select cardinality(pg_blocking_pids($1)) > 0 as waits', [pids[0]!.pid])).rows[0]!.waits)
      .toBe(true);
    await superuser.query('select pg_terminate_backend($1, 5000)', [pids[0]!.pid]);
    expect(await loading).toBeInstanceOf(Error);
    await holder.query('rollback');
    await holder.end();
    expect(await facts()).toEqual(before);
  }
  expect(await load(db, service, rows)).toMatchObject({ rows_inserted: 56, rows_updated: 39, rows_unchanged: 1 });
  expect((await facts()).length).toBe(96);
  await superuser.end();
});
