import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import type { Tx } from '../../../platform/db/pool.ts';

const database = await testDatabase();
await database.db.query(`select org.create_service('SUPPORT', null, 'Europe/Berlin')`);
await database.db.query(`select org.create_service('SALES')`);
await database.db.query(`select org.create_queue(1, 'LINE_1'), org.create_queue(1, 'LINE_2'), org.create_queue(2, 'OTHER')`);
await database.db.query(`select org.ensure_sources(1, 'report', array['', 'Line one', 'Line one '])`);

const spans = (tx: Tx) => tx.query(`select valid_from, valid_to, group_id from org.source_spans where source_id = 2 order by valid_from`);
const whole = (group_id: number) => [{ valid_from: -Infinity, valid_to: Infinity, group_id }];

test("names are kept letter by letter; the empty one is the service's own total", async () => {
  const sources = await database.api.query<{ external_name: string }>(
    `select source_id, external_name, kind, is_total, is_mapped, queue, mappings from api.list_sources('SUPPORT')`,
  );
  expect(sources).toEqual([
    { source_id: 1, external_name: '', kind: 'report', is_total: true, is_mapped: false, queue: null, mappings: [] },
    { source_id: 2, external_name: 'Line one', kind: 'report', is_total: false, is_mapped: false, queue: null, mappings: [] },
    { source_id: 3, external_name: 'Line one ', kind: 'report', is_total: false, is_mapped: false, queue: null, mappings: [] },
  ]);
  expect(await database.api.query('select source_id from api.list_sources(p_unmapped => true)')).toEqual([{ source_id: 2 }, { source_id: 3 }]);
});

test('a name that is there is found, a new one is made once', async () => {
  await database.inTransaction(async (tx) => {
    const made = await tx.query(`select external_name, is_new from org.ensure_sources(1, 'report', array['New', 'New', 'Line one']) order by 1`);
    expect(made).toEqual([
      { external_name: 'Line one', is_new: false },
      { external_name: 'New', is_new: true },
    ]);
  });
});

test('mapping moves the whole history, and mapping back restores it', async () => {
  await database.inTransaction(async (tx) => {
    expect(await spans(tx)).toEqual(whole(-1));
    expect(await tx.query(`select is_mapped, queue, mappings from api.map_source(2, 'LINE_1')`)).toEqual([
      { is_mapped: true, queue: 'LINE_1', mappings: [{ valid_from: null, group_id: 1, queue: 'LINE_1' }] },
    ]);
    expect(await spans(tx)).toEqual(whole(1));
    await tx.query(`select api.map_source(2, p_group_id => 2)`);
    expect(await spans(tx)).toEqual(whole(2));
    await tx.query(`select api.map_source(2)`);
    expect(await spans(tx)).toEqual(whole(-1));
    await tx.query(`select api.unmap_source(2)`);
    expect(await tx.query('select mappings from api.list_sources() where source_id = 2')).toEqual([{ mappings: [] }]);
  });
});

test('from a date on: what lies before stays, removing the mapping brings back what was', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query(`select api.map_source(2, 'LINE_1')`);
    await tx.query(`select api.map_source(2, 'LINE_2', p_valid_from => '2025-04-01')`);
    // 1 April in Berlin begins at 22:00 UTC.
    const moment = new Date('2025-03-31T22:00:00Z');
    expect(await spans(tx)).toEqual([
      { valid_from: -Infinity, valid_to: moment, group_id: 1 },
      { valid_from: moment, valid_to: Infinity, group_id: 2 },
    ]);
    await expect(tx.query('savepoint before').then(() => tx.query(`select api.map_source(2, 'LINE_2')`))).rejects.toMatchObject({ code: 'QH409' });
    await tx.query('rollback to before');
    await tx.query(`select api.unmap_source(2, '2025-04-01')`);
    expect(await spans(tx)).toEqual(whole(1));
    await tx.query(`select api.map_source(2, 'LINE_2', p_valid_from => '2025-04-01')`);
    await tx.query(`select api.map_source(2, 'LINE_2', p_replace => true)`);
    expect(await spans(tx)).toEqual(whole(2));
  });
});

test('a source that points nowhere before its first dated mapping is unmapped until then', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query(`select api.map_source(2, 'LINE_1', p_valid_from => '2025-04-01T00:00Z')`);
    const moment = new Date('2025-04-01T00:00:00Z');
    expect(await spans(tx)).toEqual([
      { valid_from: -Infinity, valid_to: moment, group_id: -1 },
      { valid_from: moment, valid_to: Infinity, group_id: 1 },
    ]);
  });
});

test('what cannot be mapped is refused with the reason', async () => {
  const refused = (call: string, code: string) => expect(database.api.query(`select ${call}`), call).rejects.toMatchObject({ code });
  await refused(`api.map_source(1, 'LINE_1')`, 'QH400');
  await refused(`api.map_source(2, 'LINE_9')`, 'QH404');
  await refused(`api.map_source(2, p_group_id => 3)`, 'QH404');
  await refused(`api.map_source(2, 'LINE_1', p_group_id => 2)`, 'QH400');
  await refused(`api.map_source(99, 'LINE_1')`, 'QH404');
  await refused(`api.map_source(2, 'LINE_1', p_valid_from => '31.03.2025')`, 'QH400');
  await refused(`api.unmap_source(2)`, 'QH404');
  await refused(`api.update_source(2, 'middle')`, 'QH400');
});

test("the meaning of a source's stamps is a setting", async () => {
  await database.inTransaction(async (tx) => {
    expect(await tx.query(`select source_id, stamp_meaning from api.update_source(2, 'end')`)).toEqual([{ source_id: 2, stamp_meaning: 'end' }]);
  });
});
