import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../src/app/catalogue.ts';
import { addressOf } from '../src/platform/contract/client.ts';
import { fullInput } from '../src/platform/contract/operation.ts';
import { cliArguments } from '../src/platform/contract/example.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/** Every list, and every answer that holds a list, gives only the fields that are asked for, page by page the same items. */

let qh: TestSystem;
/** An import of which something was found; the example of its list names none that is there. */
const batch = '01890000-0000-7000-8000-0000000000ff';

beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  for (const name of ['a', 'b']) {
    const { status } = await qh.send('PUT', `/api/v1/db/database/bulk/mappings/${name}`, { kind: 'argus_report', columns: { Offered: 'offered' } });
    expect(status).toBe(200);
    expect((await qh.send('POST', '/api/v1/db/database/bulk/export', { table_name: 'org.services' })).status).toBe(202);
  }
  await qh.test.owner.query(
    `insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, status, created_by, created_at, updated_at)
     values ($1, 'wrong.csv', repeat('0', 64), 1, 'failed', 'test', platform.now(), platform.now())`,
    [batch],
  );
  await qh.test.owner.query(
    `insert into ingest.import_errors (batch_id, row_number, rule, severity, message, created_at)
     select $1, n, 'count', 'error', 'wrong ' || n, platform.now() from generate_series(1, 7) as n`,
    [batch],
  );
});
afterAll(() => qh.close());

type Item = Record<string, unknown>;
type Page = { items: Item[]; next_cursor: string | null };

const lists = operations.filter(({ result }) => result === 'list');
function inputOf({ name, examples }: (typeof lists)[number]): Item {
  if (name === 'ingest.batch_errors') return { batch_id: batch };
  if (name === 'admin.audit') return {};
  return { ...(examples.find(({ skip }) => skip === undefined)?.input as Item | undefined) };
}
const picked = (item: Item, fields: string[]): Item => Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name)));
/** When the test's own key was last used changes with every call. */
const still = (items: Item[]): Item[] => items.map((item) => ('last_used_at' in item ? { ...item, last_used_at: null } : item));

async function pageOf(operation: (typeof lists)[number], input: Item): Promise<Page> {
  const answer = await qh.get(addressOf(operation, input));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Page;
}

describe('a list', () => {
  test.each(lists.map((operation) => [operation.name, operation] as const))(
    '%s gives chosen fields, on pages without its key too',
    async (name, operation) => {
      expect(operation.method).toBe('GET');
      const { fields: _, columns: __, limit: ___, ...input } = inputOf(operation);
      const all = still((await pageOf(operation, { ...input, limit: 10_000 })).items);
      const declared = Object.keys((operation.output as { properties: object }).properties);
      const known = declared.length > 0 ? declared : Object.keys(all[0]!);
      const key = new Set((operation.key ?? []).map((column) => column.replace(/^-/, '')));
      for (const fields of [known.filter((field) => !key.has(field)).slice(-2), known.slice(0, 1)]) {
        if (fields.length === 0) continue;
        const expected = all.slice(0, 40).map((item) => picked(item, fields));
        const limit = Math.max(1, Math.ceil(expected.length / 3));
        const found: Item[] = [];
        let cursor: string | null = null;
        do {
          const page: Page = await pageOf(operation, { ...input, fields, limit, ...(cursor === null ? {} : { cursor }) });
          found.push(...page.items);
          cursor = page.next_cursor;
        } while (cursor !== null && found.length < expected.length);
        expect(still(found).slice(0, expected.length), fields.join()).toEqual(expected);
        const long = await pageOf(operation, { ...input, fields, limit: 20_000 });
        expect(still(long.items).slice(0, all.length)).toEqual(all.map((item) => picked(item, fields)));
      }
      const refused = await qh.get(addressOf(operation, { ...input, fields: [known[0]!, 'no_such_field'] }));
      expect(refused).toMatchObject({ status: 400, body: { code: 'bad_request', errors: [{ value: 'no_such_field' }] } });
      const [{ hint }] = (refused.body as { errors: [{ hint: string }] }).errors;
      for (const field of known) expect(hint, name).toContain(field);
    },
  );

  test('has items in this test, but for these: of them the statements run and unknown names are refused, no items are compared', async () => {
    const empty: string[] = [];
    for (const operation of lists) {
      const { items } = await pageOf(operation, { ...inputOf(operation), limit: 1 });
      if (items.length === 0) empty.push(operation.name);
    }
    expect(empty.toSorted().join(' ')).toBe(
      'admin.backups admin.sessions admin.users marketplace.live_counters marketplace.refresh_runs quality.data_history quality.digests ' +
        'quality.repairs quality.rule_changes quality.slow_statements quality.slowest_operations quality.threshold_history quality.usage ' +
        'quality.validation_runs quality.volume_drift statistics.posted_batches',
    );
  });
});

describe('the question', () => {
  const address = '/api/v1/statistics/intervals?service=SUPPORT&start_time=2025-03-03T09:00&end_time=2025-03-03T10:00';

  test('is another with other fields: another tag, and a tag of one is not met by the other', async () => {
    const ask = (url: string, tag?: string) =>
      qh.app.inject({ url, headers: { 'x-api-key': qh.adminKey, ...(tag === undefined ? {} : { 'if-none-match': tag }) } });
    const offered = `${address}&fields=offered`;
    const tag = String((await ask(offered)).headers.etag);
    expect((await ask(offered, tag)).statusCode).toBe(304);
    expect((await ask(`${address}&fields=handled`, tag)).statusCode).toBe(200);
    expect((await ask(address, tag)).statusCode).toBe(200);
  });

  test('is answered to the command line with the same fields', async () => {
    const services = operations.find(({ name }) => name === 'org.services')!;
    const { out } = await qh.cli([...cliArguments(services, { title: '', input: { fields: ['service_name'] } }).slice(1), '--json']);
    const { items } = JSON.parse(out) as Page;
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(Object.keys(item)).toEqual(['service_name']);
  });
});

describe('an answer that holds entries', () => {
  const entries = { 'database.contact_statistics': 'statistics', 'statistics.database_agent_activity': 'activities' };

  test.each(Object.entries(entries))('%s gives only the chosen fields of each', async (name, list) => {
    const operation = operations.find((entry) => entry.name === name)!;
    const day = { start_date: '2025-03-03T00:00:00Z', end_date: '2025-03-04T00:00:00Z' };
    const ask = async (input: Item) => (await qh.get(addressOf(operation, { ...day, ...input }))).body as Record<string, unknown>;
    const whole = await ask({});
    const all = whole[list] as Item[];
    expect(all.length).toBeGreaterThan(1);
    const { items } = (fullInput(operation).properties as Record<string, { items: { enum: string[] } }>).fields!;
    expect(Object.keys(all[0]!).toSorted()).toEqual(items.enum.toSorted());
    for (const field of items.enum) {
      const answer = await ask({ fields: [field] });
      expect(answer, field).toEqual({ ...whole, [list]: all.map((item) => picked(item, [field])) });
    }
    const first = await ask({ fields: [items.enum[0]!], limit: 1 });
    const second = await ask({ fields: [items.enum[0]!], limit: 1, cursor: first.next_cursor });
    expect([...(first[list] as Item[]), ...(second[list] as Item[])]).toEqual(all.slice(0, 2).map((item) => picked(item, [items.enum[0]!])));
    expect(await qh.get(addressOf(operation, { ...day, fields: ['no_such_field'] }))).toMatchObject({ status: 400 });
    const sql = `select from ${operation.sql}(p_fields => array['no_such_field'])`;
    await expect(qh.test.api.query(sql)).rejects.toMatchObject({ code: 'QH400', hint: `One of: ${items.enum.join(', ')}` });
  });
});
