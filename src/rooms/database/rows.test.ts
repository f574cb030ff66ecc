import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

/** Tables and views by rows, on the small fixture: SUPPORT has 12 facts, SALES 3. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
});
afterAll(() => qh.close());

const facts = '/api/v1/db/database/tables/statistics.contact_statistics';
type Page = { items: Record<string, unknown>[]; next_cursor: string | null };
const ask = async (path: string, query: Record<string, string> = {}, key?: string): Promise<{ status: number; body: Page & { code?: string } }> =>
  (await qh.get(`${path}?${new URLSearchParams(query).toString()}`, key)) as never;

describe('rows', () => {
  test('are filtered, ordered and cut to columns', async () => {
    const { body } = await ask(facts, { columns: 'offered,source_id', filter: 'service_id eq 1 and offered ge 80', order: '-offered' });
    expect(body).toEqual({
      items: [
        { offered: 220, source_id: 5 },
        { offered: 190, source_id: 1 },
        { offered: 100, source_id: 2 },
        { offered: 80, source_id: 3 },
      ],
      next_cursor: null,
    });
  });

  test.each([
    ['source_id in (6, 7)', 3],
    ["interval_start_time lt '2025-03-03T05:30:00Z'", 2],
    ['unique_offered is null', 11],
    ['unique_offered is not null and service_id ne 1', 2],
    ['', 15],
  ])('that fulfil “%s” are %i', async (filter, count) => {
    expect((await ask(facts, { filter, columns: 'offered' })).body.items.length).toBe(count);
  });

  test('page after page give every row once, in every order, also by a column that is null or repeats', async () => {
    for (const order of ['', 'service_id', '-service_id', 'unique_offered', '-unique_offered,handled', 'interval_minutes,-offered']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: Record<string, string> = { limit: '4', ...(order === '' ? {} : { order }), ...(cursor === '' ? {} : { cursor }) };
        const page: Page = (await ask(facts, query)).body;
        seen.push(...page.items.map((item) => `${String(item.source_id)} ${String(item.interval_start_time)}`));
        cursor = page.next_cursor;
      }
      const whole = (await ask(facts, order === '' ? {} : { order })).body.items.map(
        (item) => `${String(item.source_id)} ${String(item.interval_start_time)}`,
      );
      expect(seen, order).toEqual(whole);
      expect(new Set(seen).size, order).toBe(15);
    }
  });

  test('of a view without a key come once each, also those that nothing tells apart', async () => {
    const first = (await ask('/api/v1/db/database/tables/mv_hourly_stats', { limit: '1000' })).body.items;
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = (await ask('/api/v1/db/database/tables/mv_hourly_stats', { limit: '2', ...(cursor === '' ? {} : { cursor }) })).body;
      seen.push(...page.items);
      cursor = page.next_cursor;
    }
    expect(first.length).toBeGreaterThan(2);
    expect(seen).toEqual(first);
  });

  test('of every table and view that is listed can be read', async () => {
    const { body } = (await qh.get('/api/v1/db/database/schema/info')) as { body: { schema_info: { tables: { table_name: string }[] } } };
    expect(body.schema_info.tables.length).toBeGreaterThan(30);
    for (const { table_name: name } of body.schema_info.tables)
      expect((await ask(`/api/v1/db/database/tables/${name}`, { limit: '1' })).status, name).toBe(200);
  });
});

describe('no text of a caller becomes SQL', () => {
  test.each([
    { filter: "offered eq '1; drop table org.services'" },
    { filter: 'no_such eq 1' },
    { filter: 'offered = 1' },
    { filter: "offered eq 'x" },
    { filter: 'offered eq' },
    { filter: 'offered ge 1 or offered le 2' },
    { order: 'offered;' },
    { order: '-no_such' },
    { columns: 'offered,"x"' },
    { cursor: 'abc' },
  ])('%o is refused and says why', async (query) => {
    const { status, body } = await ask(facts, query as unknown as Record<string, string>);
    expect(status, JSON.stringify(body)).toBe(400);
    expect(body.code).toBe('bad_request');
  });

  test('tables outside the rooms, and parts of tables, are not there', async () => {
    for (const name of [
      'pg_catalog.pg_authid',
      'platform.api_keys',
      'platform.users',
      'platform.secrets',
      'jobs.job',
      'statistics.contact_statistics_default',
      'org.nothing',
    ])
      expect((await ask(`/api/v1/db/database/tables/${name}`)).status, name).toBe(404);
  });

  test('no column that opens something is listed', async () => {
    const { body } = (await qh.get('/api/v1/db/database/schema/info')) as {
      body: { schema_info: { tables: { columns: { column_name: string }[] }[] } };
    };
    const names = body.schema_info.tables.flatMap(({ columns }) => columns.map((column) => column.column_name));
    expect(names.filter((name) => /password|secret|token|hash/.test(name))).toEqual([]);
  });
});

describe('who sees what', () => {
  const key = async (wanted: object) => (await qh.system.keys.create({ name: 'probe', role: 'viewer', created_by: 'test', ...wanted })).key;

  test('a role without the scope of a room finds none of its tables', async () => {
    const viewer = await key({});
    expect((await ask(facts, {}, viewer)).status).toBe(200);
    for (const name of ['ingest.import_batches', 'org.employees', 'employees', 'platform.roles'])
      expect((await ask(`/api/v1/db/database/tables/${name}`, {}, viewer)).status, name).toBe(404);
  });

  test('a key of one service reads its rows alone', async () => {
    const { body } = await ask(facts, { columns: 'service_id' }, await key({ service_ids: [2] }));
    expect(body.items).toEqual([{ service_id: 2 }, { service_id: 2 }, { service_id: 2 }]);
  });

  test('personal columns are masked without their scope, and neither filter nor order tells of them', async () => {
    const analyst = await key({ role: 'analyst' });
    const path = '/api/v1/db/database/tables/org.employees';
    expect((await ask(path, { columns: 'last_name,email' }, analyst)).status).toBe(200);
    expect((await ask(path, { filter: 'email starts a' }, analyst)).status).toBe(403);
    expect((await ask(path, { order: 'last_name' }, analyst)).status).toBe(403);
    expect((await ask(path, { order: 'last_name' })).status).toBe(200);
  });
});
