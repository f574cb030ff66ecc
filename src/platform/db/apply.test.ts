import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { applySchema, type Applied, type ApplyReport } from './apply.ts';
import { catalog } from './catalog.ts';

/** A small house of one room in a temporary folder, on an empty database. */
class House {
  readonly root = mkdtempSync(join(tmpdir(), 'quarterhour-apply-'));
  readonly database: TestDatabase;

  constructor(database: TestDatabase) {
    this.database = database;
    cpSync(join(import.meta.dirname, 'tables.sql'), join(this.root, 'src/platform/db/tables.sql'));
    cpSync(join(import.meta.dirname, 'functions'), join(this.root, 'src/platform/db/functions'), { recursive: true });
    this.write('src/rooms/shop/tables.sql', 'create table shop.items (item_id int primary key, price int not null);');
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }

  async apply(): Promise<Applied> {
    return await applySchema({ ownerUrl: this.database.url('migrate'), rooms: ['shop'], root: this.root });
  }

  /** What an apply that must do something did. */
  async change(): Promise<ApplyReport> {
    const { report } = await this.apply();
    if (!report) throw new Error('nothing changed');
    return report;
  }

  async value(text: string): Promise<unknown> {
    const [row] = await this.database.owner.query(text);
    return row && Object.values(row)[0];
  }

  async asSuperuser(text: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.database.url('superuser') });
    await client.connect();
    await client.query(text).finally(() => void client.end());
  }
}

const priceFunction = (result: string, body: string, parameters = 'p_item_id int'): string => `
  create or replace function shop.price(${parameters}) returns ${result} language sql stable parallel safe
  as $$ ${body} $$;`;
const itemsView = (columns: string): string => `create or replace view api.items as select ${columns} from shop.items i;`;

async function openHouse(): Promise<House> {
  const house = new House(await testDatabase({ empty: true }));
  house.write('src/rooms/shop/functions/price.sql', priceFunction('int', 'select i.price from shop.items i where i.item_id = p_item_id'));
  house.write('src/rooms/shop/api/items.sql', itemsView('i.item_id, i.price, shop.price(i.item_id) as again'));
  await house.apply();
  await house.database.owner.query('insert into shop.items values (1, 10)');
  afterAll(() => rmSync(house.root, { recursive: true }));
  return house;
}

describe('apply', () => {
  test('a second time does nothing; the database says that it is current', async () => {
    const house = await openHouse();
    const before = await catalog(house.database.owner, ['platform', 'shop', 'api'], { definitions: true });
    const again = await house.apply();
    expect(again.changed).toBe(false);
    expect(await again.isCurrent(house.database.db)).toBe(true);
    expect(await catalog(house.database.owner, ['platform', 'shop', 'api'], { definitions: true })).toEqual(before);
  });

  test('several at once apply one after the other', async () => {
    const house = await openHouse();
    house.write('src/rooms/shop/functions/one.sql', `create or replace function shop.one() returns int language sql immutable as 'select 1';`);
    const all = await Promise.all([house.apply(), house.apply(), house.apply()]);
    expect(all.filter(({ changed }) => changed)).toHaveLength(1);
  });

  test('everything of an apply that fails is undone, and the message names file and line', async () => {
    const house = await openHouse();
    house.write('src/rooms/shop/functions/one.sql', `create or replace function shop.one() returns int language sql immutable as 'select 1';`);
    house.write('src/rooms/shop/views/broken.sql', 'create or replace view shop.broken as\nselect i.colour\nfrom shop.items i;');
    await expect(house.apply()).rejects.toThrow('src/rooms/shop/views/broken.sql:2: column i.colour does not exist');
    expect(await house.value(`select to_regproc('shop.one')::text`)).toBeNull();
  });

  test('a function whose body cannot work is refused, though its parts may come in any order', async () => {
    const house = await openHouse();
    house.write(
      'src/rooms/shop/functions/early.sql',
      `create or replace function shop.early() returns int language sql stable as 'select shop.later()';`,
    );
    await expect(house.apply()).rejects.toThrow('src/rooms/shop/functions/early.sql: function shop.later() does not exist');
    house.write(
      'src/rooms/shop/functions/later.sql',
      `create or replace function shop.later() returns int language sql stable as 'select count(*)::int from shop.a_view';`,
    );
    house.write('src/rooms/shop/views/a_view.sql', 'create or replace view shop.a_view as select * from shop.b_view;');
    house.write('src/rooms/shop/views/b_view.sql', 'create or replace view shop.b_view as select item_id from shop.items;');
    await house.apply();
    expect(await house.value('select shop.early()')).toBe(1);
  });

  test('a file must make what its name says', async () => {
    const house = await openHouse();
    house.write('src/rooms/shop/functions/one.sql', `create or replace function shop.two() returns int language sql immutable as 'select 2';`);
    await expect(house.apply()).rejects.toThrow('src/rooms/shop/functions/one.sql does not make the function shop.one');
  });
});

describe('functions and views that change', () => {
  test('a new body is in force, nothing is dropped', async () => {
    const house = await openHouse();
    house.write('src/rooms/shop/functions/price.sql', priceFunction('int', 'select 2 * i.price from shop.items i where i.item_id = p_item_id'));
    expect((await house.change()).dropped).toEqual([]);
    expect(await house.value('select again from api.items')).toBe(20);
  });

  test('a new return type: the function and our view on it are made anew', async () => {
    const house = await openHouse();
    house.write(
      'src/rooms/shop/functions/price.sql',
      priceFunction('text', `select 'EUR ' || i.price from shop.items i where i.item_id = p_item_id`),
    );
    expect((await house.change()).dropped.toSorted()).toEqual(['api.items', 'shop.price(integer)']);
    expect(await house.value('select again from api.items')).toBe('EUR 10');
  });

  test('new parameters: the old overload is gone', async () => {
    const house = await openHouse();
    house.write(
      'src/rooms/shop/functions/price.sql',
      priceFunction('int', 'select p_factor * i.price from shop.items i where i.item_id = p_item_id', 'p_item_id int, p_factor int default 3'),
    );
    await house.apply();
    expect(await house.value(`select count(*) from pg_proc where proname = 'price' and pronamespace = 'shop'::regnamespace`)).toBe(1);
    expect(await house.value('select again from api.items')).toBe(30);
  });

  test('a view gains a column in place and loses one by being made anew', async () => {
    const house = await openHouse();
    house.write('src/rooms/shop/api/items.sql', itemsView('i.item_id, i.price, shop.price(i.item_id) as again, 5 as five'));
    expect((await house.change()).dropped).toEqual([]);
    house.write('src/rooms/shop/api/items.sql', itemsView('i.price'));
    expect((await house.change()).dropped).toEqual(['api.items']);
    expect(await house.database.api.query('select * from api.items')).toEqual([{ price: 10 }]);
  });

  test('what no file makes any more is dropped, what somebody else made in our schemas stays', async () => {
    const house = await openHouse();
    await house.database.owner.query('create view api.theirs as select 1 as one');
    house.remove('src/rooms/shop/functions/price.sql');
    house.write('src/rooms/shop/api/items.sql', itemsView('i.item_id'));
    expect((await house.change()).dropped).toContain('shop.price(integer)');
    expect(await house.value('select one from api.theirs')).toBe(1);
  });

  test('a materialized view keeps its data until its file changes or what it stands on is made anew', async () => {
    const house = await openHouse();
    const file = (columns: string): string => `create materialized view shop.totals as select ${columns} from shop.items;`;
    house.write('src/rooms/shop/materialized/totals.sql', file('sum(price) as total'));
    house.write('src/rooms/shop/api/totals.sql', 'create or replace view api.totals as select * from shop.totals;');
    await house.apply();
    await house.database.owner.query('insert into shop.items values (2, 5)');
    house.write('src/rooms/shop/functions/one.sql', `create or replace function shop.one() returns int language sql immutable as 'select 1';`);
    await house.apply();
    expect(await house.value('select total from api.totals')).toBe(10);
    house.write('src/rooms/shop/materialized/totals.sql', file('sum(price) as total, count(*) as items'));
    await house.apply();
    expect(await house.database.owner.query('select * from api.totals')).toEqual([{ total: 15, items: 2 }]);
  });
});

describe('what others made', () => {
  test('a view on ours that must be made anew is named and stops the apply; it lives on in place otherwise', async () => {
    const house = await openHouse();
    await house.asSuperuser('create schema theirs; create view theirs.report as select item_id, again from api.items');
    house.write('src/rooms/shop/functions/price.sql', priceFunction('int', 'select 7'));
    await house.apply();
    expect(await house.value(`select count(*) from pg_class where relname = 'report'`)).toBe(1);
    house.write('src/rooms/shop/functions/price.sql', priceFunction('text', `select 'seven'`));
    await expect(house.apply()).rejects.toThrow(/what is not part of Quarterhour depends on it: view theirs\.report/);
    expect(await house.value('select again from api.items')).toBe(7);
    await house.asSuperuser('drop view theirs.report');
    await house.apply();
    expect(await house.value('select again from api.items')).toBe('seven');
  });

  test('rights of other roles on api are given again, and lost ones are named', async () => {
    const house = await openHouse();
    const role = `guest_${house.database.name}`;
    await house.asSuperuser(`create role ${role}; grant usage on schema api to ${role}; grant select on api.items to ${role}`);
    try {
      house.write('src/rooms/shop/api/items.sql', itemsView('i.price'));
      expect((await house.change()).lostGrants).toEqual([]);
      expect(await house.value(`select has_table_privilege('${role}', 'api.items', 'select')`)).toBe(true);
      house.remove('src/rooms/shop/api/items.sql');
      expect((await house.change()).lostGrants).toMatchObject([{ identity: 'api.items', grantee: role, privilege: 'SELECT' }]);
    } finally {
      await house.asSuperuser(`drop owned by ${role}; drop role ${role}`);
    }
  });
});

describe('tables', () => {
  test('migrate: an upgraded database is the same as a fresh one, also where a view stood in the way', async () => {
    const old = await openHouse();
    old.write('src/rooms/shop/tables.sql', 'create table shop.items (item_id int primary key, price numeric(9, 2) not null, colour text);');
    old.write('src/rooms/shop/functions/price.sql', priceFunction('numeric', 'select i.price from shop.items i where i.item_id = p_item_id'));
    old.write('db/migrations/0001_shop_colour.sql', 'alter table shop.items alter column price type numeric(9, 2), add column colour text;');
    const report = await old.change();
    expect(report).toMatchObject({ migrated: ['0001_shop_colour'], warnings: [] });
    expect(report.dropped).toContain('api.items');
    const fresh = new House(await testDatabase({ empty: true }));
    rmSync(fresh.root, { recursive: true });
    cpSync(old.root, fresh.root, { recursive: true });
    expect((await fresh.change()).migrated).not.toContain('0001_shop_colour');
    rmSync(fresh.root, { recursive: true });
    const [upgraded, made] = await Promise.all(
      [old, fresh].map(({ database }) => catalog(database.owner, ['platform', 'shop', 'api'], { definitions: true })),
    );
    expect(upgraded).toEqual(made);
    expect(await old.value('select price from api.items')).toBe(10);
  });

  test('what a table file makes besides tables stays: it runs only once', async () => {
    const house = await openHouse();
    house.write('src/rooms/garden/tables.sql', 'create aggregate garden.total (bigint) (sfunc = int8pl, stype = bigint);');
    house.write('src/rooms/garden/views/sums.sql', 'create or replace view garden.sums as select garden.total(price) from shop.items;');
    const rooms = { ownerUrl: house.database.url('migrate'), rooms: ['shop', 'garden'], root: house.root };
    await applySchema(rooms);
    house.write('src/rooms/shop/functions/one.sql', `create or replace function shop.one() returns int language sql immutable as 'select 1';`);
    expect((await applySchema(rooms)).report?.dropped).toEqual([]);
    expect(await house.value('select total from garden.sums')).toBe(10);
  });

  test('a changed table file without a migration is said', async () => {
    const house = await openHouse();
    house.write('src/rooms/shop/tables.sql', 'create table shop.items (item_id int primary key, price int not null, colour text);');
    expect((await house.change()).warnings).toEqual([expect.stringContaining('src/rooms/shop/tables.sql changed')]);
  });

  test('a room that comes later gets its tables then', async () => {
    const house = await openHouse();
    house.write(
      'src/rooms/garden/tables.sql',
      'create table garden.plants (plant_id int primary key, seen_at timestamptz not null default platform.now());',
    );
    const { report } = await applySchema({ ownerUrl: house.database.url('migrate'), rooms: ['shop', 'garden'], root: house.root });
    expect(report?.migrated).toEqual(['rooms/garden/tables.sql']);
    await house.database.db.query('insert into garden.plants (plant_id) values (1)');
  });
});

test('a view in api that calls a volatile function is refused', async () => {
  const house = await openHouse();
  house.write(
    'src/rooms/shop/functions/dice.sql',
    `create or replace function shop.dice() returns float language sql volatile as 'select random()';`,
  );
  house.write('src/rooms/shop/api/dice.sql', 'create or replace view api.dice as select shop.dice() as eyes;');
  await expect(house.apply()).rejects.toThrow('view api.dice calls the volatile function shop.dice()');
});
