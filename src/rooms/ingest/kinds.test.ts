import { afterAll, beforeAll, expect, test } from 'vitest';
import { importKinds } from '../../app/catalogue.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'none' });
});
afterAll(() => qh.close());

type Kind = { name: string; belongs_to_service: boolean; may_import: boolean; columns: { header: string; is_required: boolean }[] };
const kinds = async (key?: string) => ((await qh.get('/api/v1/ingest/kinds', key)).body as { items: Kind[] }).items;

test('the kinds that the rooms declare are listed, each with its columns', async () => {
  const items = await kinds();
  expect(items.map(({ name }) => name)).toEqual(importKinds.map(({ name }) => name).toSorted());
  expect(items.find(({ name }) => name === 'argus_report')).toMatchObject({ belongs_to_service: true, may_import: true });
  expect(items.find(({ name }) => name === 'org_employees')).toMatchObject({ belongs_to_service: false });
  expect(items.find(({ name }) => name === 'org_employees')?.columns.slice(0, 4)).toMatchObject([
    { header: 'Personnel number', is_required: true },
    { header: 'Last name', is_required: true },
    { header: 'First name', is_required: true },
    { header: 'Middle name', is_required: false },
  ]);
});

test('a kind that the caller lacks the scope for is listed as such', async () => {
  await qh.system.db.query(
    `insert into platform.roles (role, title, scopes, ordinal, updated_at) values ('loader', 'Loader', '{ingest:read,ingest:write}', 99, platform.now())`,
  );
  const { key } = await qh.system.keys.create({ name: 'loader', role: 'integration', created_by: 'test' });
  const items = await kinds(key);
  expect(items.filter(({ may_import }) => may_import).map(({ name }) => name)).toContain('argus_load');
  expect(items.find(({ name }) => name === 'org_employees')?.may_import).toBe(false);
});

test('every kind has a template, and a layout that nobody declares is refused with the list', async () => {
  for (const { name } of importKinds) expect((await qh.get(`/api/v1/ingest/template?layout=${name}`)).status, name).toBe(200);
  const { status, body } = await qh.get('/api/v1/ingest/template?layout=nothing');
  expect(status).toBe(400);
  expect(body).toMatchObject({ errors: [{ path: 'layout', hint: expect.stringContaining('argus_load') }] });
});
