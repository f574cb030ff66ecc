import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  await qh.test.owner.query(`
    insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, service_id, service_code, created_by, created_at, updated_at, undone_at, dry_run)
    select b.batch_id, b.filename, repeat('0', 64), 1, 1, 'SUPPORT', 'test', '2025-03-03Z', '2025-03-03Z', b.undone_at, b.dry_run
    from (values
      ('00000000-0000-7000-8000-000000000001'::uuid, 'march.xlsx', null::timestamptz, false),
      ('00000000-0000-7000-8000-000000000002', 'undone.xlsx', '2025-03-04Z', false),
      ('00000000-0000-7000-8000-000000000003', 'dry.xlsx', null, true)) b (batch_id, filename, undone_at, dry_run)`);
  await qh.test.owner.query(`
    insert into ingest.import_errors (batch_id, row_number, column_name, rule, severity, value, message, occurrences, created_at)
    select b.batch_id, 5, 'HC', f.rule, f.severity, '12', 'what was found', f.occurrences, '2025-03-03Z'
    from ingest.import_batches b
    cross join (values ('HC_ABOVE_CDO', 'error', 1), ('TEXT_NUMBER', 'info', 7), ('AHT_HIGH', 'warning', 1)) f (rule, severity, occurrences)`);
});
afterAll(() => qh.close());

interface Page {
  items: { error_id: number; outcome: string | null }[];
}
const open = async (key?: string) => (await qh.get('/api/v1/quality/quarantine?is_open=true', key)).body as Page;

test('rejected rows of batches that stand are in quarantine until somebody says what became of them', async () => {
  const { items } = await open();
  expect(items).toMatchObject([{ filename: 'march.xlsx', rule: 'HC_ABOVE_CDO', row_number: 5, value: '12', outcome: null }]);
  const id = items[0]!.error_id;
  const settled = await qh.send('POST', `/api/v1/quality/quarantine/${id}/settle`, { outcome: 'repaired', note: 'imported again' });
  expect(settled).toMatchObject({ status: 200, body: { error_id: id, outcome: 'repaired', note: 'imported again' } });
  expect((await open()).items).toEqual([]);
  const { body } = await qh.get('/api/v1/quality/repairs');
  expect(
    (body as { items: { kind: string; what: string; occurrences: number }[] }).items.map(({ kind, what, occurrences }) => [kind, what, occurrences]),
  ).toEqual([
    ['person', 'repaired: imported again', 1],
    ['import', 'what was found', 7],
  ]);
});

test('who sees other services only sees no row of this one, and settles none', async () => {
  const { key } = await qh.system.keys.create({ name: 'sales', role: 'planner', created_by: 'test', service_ids: [2] });
  expect((await qh.get('/api/v1/quality/quarantine', key)).body).toMatchObject({ items: [] });
  const [row] = await qh.test.db.query<{ error_id: number }>(`select min(error_id) as error_id from ingest.import_errors where severity = 'error'`);
  expect((await qh.send('POST', `/api/v1/quality/quarantine/${row!.error_id}/settle`, { outcome: 'accepted' }, key)).status).toBe(404);
});
