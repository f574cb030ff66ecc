import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { backUp, backupFolder, verifyAt } from '../../../test/fixtures/backups.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';
import { catalog } from '../db/catalog.ts';
import { Jobs } from '../jobs/jobs.ts';
import { createLog } from '../log/log.ts';
import { loadBackup } from './load.ts';
import { openBackup } from './open.ts';

const { place } = backupFolder();

/** Kinds of objects that no room uses yet, and forms that a catalogue can hold. */
const odd = `
  create type org.mood as enum ('good', 'it''s bad');
  create domain org.pct as numeric default 0 constraint in_range check (value between 0 and 100);
  create sequence org.tickets as int increment by 5 start with 100 cycle maxvalue 1000;
  create function org.twice(p_number int) returns int language sql immutable return p_number * 2;
  create aggregate org.product (int) (sfunc = int4mul, stype = int, initcond = '1');
  create table org.odd (
    "Weird ""name""" text collate "C" default E'a\\\\b\\tc',
    id int generated always as identity (start with 7) primary key,
    number serial,
    mood org.mood not null default 'good',
    share org.pct,
    doubled int generated always as (org.twice(3)) stored,
    list text[] default '{a,"b c",null}',
    data jsonb,
    bytes bytea,
    at timestamptz,
    small real,
    large double precision,
    span tstzmultirange,
    constraint mood_known check (mood is not null),
    unique nulls not distinct (share, number) deferrable
  ) with (fillfactor = 70);
  comment on column org.odd."Weird ""name""" is 'It''s odd.';
  comment on constraint mood_known on org.odd is 'A rule.';
  create index odd_lower on org.odd (lower("Weird ""name""")) where share > 0;
  create statistics org.odd_together (dependencies) on id, number from org.odd;
  create table org.odd_parts (id int, part text not null, primary key (id, part)) partition by list (part);
  create table org.odd_parts_a partition of org.odd_parts for values in ('a', 'b');
  create table org.odd_parts_rest partition of org.odd_parts default;
  create table org.odd_child (id int references org.odd (id) on delete cascade);
  create view org.odd_counts with (security_barrier) as select o.id, o.mood, count(c.id) as children from org.odd o left join org.odd_child c on c.id = o.id group by o.id;
  create materialized view org.odd_list as select id, mood from org.odd_counts;
  create unique index on org.odd_list (id);
  create function org.of_view() returns setof org.odd_counts language sql stable begin atomic select * from org.odd_counts; end;
  create function org.touch_odd() returns trigger language plpgsql as 'begin new.at := platform.now(); return new; end';
  create trigger touch_odd before update on org.odd for each row execute function org.touch_odd();
  create trigger touch_odd_never before delete on org.odd for each row execute function org.touch_odd();
  alter table org.odd disable trigger touch_odd_never;
  create policy odd_rows on org.odd for select to qh_server using (id > 0);
  alter table org.odd enable row level security;
  insert into org.odd ("Weird ""name""", share, data, bytes, at, small, large, span) values
    (E'tab\\tnew\\nline\\\\ backslash', 12.50, '{"a": [1, "ё"]}', '\\x00ff5c', '2024-02-29 12:00:00.123456+03', 0.1, 0.1::float8 + 0.2, '{[2024-01-01,2024-01-02)}'),
    ('\\N', null, 'null', '', 'infinity', 'NaN', '-Infinity', '{}'), ('', 0, null, null, null, null, null, null), (null, 1, null, null, '0044-03-15 00:00 BC', null, null, null);
  insert into org.odd_parts values (1, 'a'), (2, 'z');
  insert into org.odd_child select id from org.odd;
  refresh materialized view org.odd_list;
  select nextval('org.tickets'), nextval('org.tickets')`;

async function asSuperuser<T extends pg.QueryResultRow>(test: TestDatabase, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: test.url('superuser') });
  await client.connect();
  try {
    const answer: pg.QueryResult<T> | pg.QueryResult<T>[] = await client.query<T>(text);
    return (Array.isArray(answer) ? answer.at(-1)! : answer).rows;
  } finally {
    await client.end();
  }
}

test('a restored database has the same objects, rows and positions, whatever kind they are', async () => {
  const source = await testDatabase();
  await loadSmall(source);
  await source.owner.query(odd);
  const jobs = new Jobs(
    source.url('server'),
    [{ name: 'test.job', summary: 'Waits.', run: async () => {} }],
    createLog({ level: 'silent', readable: false }),
  );
  await jobs.start(null);
  await jobs.send('test.job', { promised: true });
  await jobs.stop();
  const reader = `odd_reader_${process.pid}`;
  await asSuperuser(
    source,
    `create role ${reader}; grant usage on schema api to ${reader}; grant select on api.services to ${reader} with grant option; grant select (id) on org.odd to ${reader}`,
  );
  try {
    const at = place();
    await backUp(source, at);
    await verifyAt(source, at);
    const restored = await testDatabase({ empty: true });
    const { lostGrants } = await loadBackup(await openBackup(at, null), { ownerUrl: restored.url('migrate'), serverUrl: restored.url('server') });
    expect(lostGrants).toEqual([]);
    const schemas = ['platform', 'org', 'ingest', 'statistics', 'api', 'jobs'];
    // The server prints a view that was made from its own print with a few more names of columns, once; its columns are compared.
    const of = async (test: TestDatabase) =>
      (await catalog(test.owner, schemas, { definitions: true })).filter(({ kind }) => kind !== 'view definition');
    expect(await of(restored)).toEqual(await of(source));
    const partitions = `select c.oid::regclass::text as name, pg_get_expr(relpartbound, c.oid) as bound, reloptions,
        (select array_agg(x.indexrelid::regclass::text order by x.indexrelid::regclass::text) from pg_index x where x.indrelid = c.oid and x.indisvalid) as indexes
      from pg_class c where relispartition and relkind = 'r' order by 1`;
    expect(await restored.owner.query(partitions)).toEqual(await source.owner.query(partitions));
    for (const question of [
      'select o::text as row from org.odd o order by id',
      'select * from org.odd_list order by id',
      'select tableoid::regclass::text as part, * from org.odd_parts order by id',
      `select last_value, is_called from org.tickets`,
      `select nextval(pg_get_serial_sequence('org.odd', 'id')) as next, nextval('org.odd_number_seq') as number`,
      'select s::text as row from statistics.contact_statistics s order by 1',
      'select * from platform.schema_migrations order by 1',
    ])
      expect(await asSuperuser(restored, question), question).toEqual(await asSuperuser(source, question));
    expect(await asSuperuser(restored, `select name, data from jobs.job where state = 'created'`)).toEqual([
      { name: 'test.job', data: { promised: true } },
    ]);
    await restored.close();
  } finally {
    await source.close();
    await asSuperuser({ ...source, url: () => source.url('superuser').replace(source.name, 'postgres') }, `drop role ${reader}`).catch(() => {});
  }
});

test('what the backup could not make anew stops it', async () => {
  const source = await testDatabase();
  await source.owner.query('create type org.stretch as range (subtype = float8)');
  await expect(backUp(source, place())).rejects.toThrow('The backup does not know how to make these anew: type org.stretch.');
  await source.close();
});
