import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importKinds } from '../../app/catalogue.ts';
import { rowsOf } from '../../platform/db/cursor.ts';
import { readCsv, readJsonLines, type FileRecord } from '../../platform/sheets/read_csv.ts';
import { writeCsv } from '../../platform/sheets/write_csv.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { sheetColumns, tableStatement } from './export_rows.ts';
import { importedBy, notImported } from './importable.ts';
import type { Relation } from './relation.ts';
import { selectionOf } from './select.ts';

/** Every table that is there now, from the catalog: a new one cannot be forgotten. */

let qh: TestSystem;
let tables: Relation[];
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  await qh.test.owner.query(`update org.groups set group_name = e'=1+1, "a"\n;б' where group_code = 'LINE_1'`);
  tables = (await qh.test.db.query<Relation>('select * from database.relations()')).filter(({ table_type: type }) => type === 'table');
});
afterAll(() => qh.close());

describe('a table', () => {
  test('is written by kinds of import, or says why by none', () => {
    const names = tables.map(({ table_name: name }) => name).toSorted();
    const said = [...Object.keys(importedBy), ...Object.keys(notImported)].toSorted();
    expect(said).toEqual(names);
    const kinds = new Set(Object.values(importedBy).flat());
    expect([...kinds].toSorted()).toEqual(importKinds.map(({ name }) => name).toSorted());
  });

  test('of the marketplace is written by the kinds that the imports name', async () => {
    const rows = await qh.test.owner.query<{ table_name: string; kinds: string[] }>(
      `select 'marketplace.' || t.table_name as table_name, array_agg(distinct 'marketplace_' || t.kind order by 'marketplace_' || t.kind) as kinds
       from marketplace.import_targets t group by t.table_name`,
    );
    const declared = Object.entries(importedBy).filter(([name]) => name.startsWith('marketplace.'));
    expect(Object.fromEntries(rows.map(({ table_name: name, kinds }) => [name, kinds]))).toEqual(Object.fromEntries(declared));
  });

  test.each(['csv', 'jsonl'] as const)('comes back from its %s with every value that it had', async (format) => {
    const filled: string[] = [];
    for (const relation of tables) {
      const selection = selectionOf(relation, {}, { serviceIds: null, seesPersonal: true });
      const { before, after } = await qh.test.db.transaction(async (tx) => {
        const rows: (string | null)[][] = [];
        for await (const batch of rowsOf(tx, tableStatement(selection, 'csv'))) rows.push(...batch);
        const records: FileRecord[] = [];
        const text = format === 'csv' ? await csvOf(selection, rows) : '';
        if (format === 'csv') for await (const some of readCsv(once(text))) records.push(...some);
        else for await (const some of readJsonLines(linesOf(rowsOf(tx, tableStatement(selection, 'jsonl'))))) records.push(...some);
        return { before: rows, after: records };
      });
      if (before.length === 0) continue;
      filled.push(relation.table_name);
      expect(after[0]!.fields, relation.table_name).toEqual(selection.columns.map(({ name }) => name));
      const plain = (fields: readonly (string | null)[]) => fields.map((field, at) => comparable(field, selection.columns[at]!.type));
      expect(
        after.slice(1).map(({ fields }) => plain(fields)),
        relation.table_name,
      ).toEqual(before.map(plain));
    }
    expect(filled).toEqual(expect.arrayContaining(['org.groups', 'org.services', 'statistics.contact_statistics', 'org.employees']));
  });
});

async function csvOf(selection: Parameters<typeof sheetColumns>[0], rows: (string | null)[][]): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of writeCsv({ columns: sheetColumns(selection, 'csv'), rows })) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

async function* linesOf(batches: AsyncIterable<(string | null)[][]>): AsyncGenerator<string> {
  for await (const batch of batches) for (const [json] of batch) yield `${json}\n`;
}

/** The same value in both: JSON spells truth, lists and documents in its own way, and CSV has no empty text beside null. */
function comparable(field: string | null, type: string): unknown {
  if (field === null || field === '') return null;
  if (type === 'boolean') return field[0];
  if (/^jsonb?$/.test(type) || type.endsWith('[]')) return documentOf(field);
  if (/^(numeric|real|double|smallint|integer|bigint)/.test(type)) return Number(field);
  return field;
}

/** JSON Lines give a document that is a mere text without its quotes. */
function documentOf(field: string): unknown {
  try {
    return JSON.parse(field) as unknown;
  } catch {
    return field;
  }
}
