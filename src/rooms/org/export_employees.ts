import { Readable } from 'node:stream';
import { callSql } from '../../platform/contract/call.ts';
import { FileAnswer, implement, type Context } from '../../platform/contract/implement.ts';
import type { InputOf, OutputOf } from '../../platform/contract/operation.ts';
import type { Table, TableColumn, TableRow, TableValue } from '../../platform/sheets/table.ts';
import { writeCsv } from '../../platform/sheets/write_csv.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import { customFields, employees, exportEmployees } from './contract.ts';
import { employeeColumns } from './imports.ts';

type Page = OutputOf<typeof employees>;
type Row = Page['items'][number];
type Filters = Omit<InputOf<typeof exportEmployees>, 'format'>;

const pageRows = 10_000;

/** Employees in the columns of the import, so that the file can be changed and imported again. */
export const exportEmployeesVerb = implement(exportEmployees, async ({ format = 'xlsx', ...filters }, context) => {
  const columns = await columnsOf(context);
  // Asked before the download begins, so that a wrong filter is an error and no empty file.
  const first = await page(filters, undefined, context);
  const table: Table = { name: 'employees', columns, rows: rows(columns, first, filters, context) };
  return format === 'csv'
    ? new FileAnswer('employees.csv', 'text/csv; charset=utf-8', Readable.from(writeCsv(table, { byteOrderMark: true })))
    : new FileAnswer('employees.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Readable.from(writeXlsx([table])));
});

type Column = TableColumn & { value: (row: Row) => TableValue };

const places: Record<string, (row: Row) => TableValue> = {
  department: (row) => row.department_path,
  team: (row) => row.team_code,
  position: (row) => row.position_code,
  site: (row) => row.site_code,
};

/** Masked values are left out: imported again they would take the place of the real ones. */
async function columnsOf(context: Context): Promise<Column[]> {
  const [sees] = await context.db.query<{ personal: boolean }>('select platform.sees_personal_data() as personal');
  const declared = employeeColumns
    .filter(({ name }) => sees!.personal || (name !== 'email' && name !== 'phone'))
    .map(({ header, name, kind }): Column => ({
      header,
      type: kind === 'date' ? 'date' : 'text',
      value: places[name] ?? ((row) => row[name as keyof Row] as TableValue),
    }));
  const custom = JSON.parse(await callSql(customFields, { entity: 'employee', limit: 1000 }, context.db)) as OutputOf<typeof customFields>;
  const own = custom.items
    .filter((field) => sees!.personal || !field.is_personal)
    .map(({ field_name: name, field_type: type }): Column => ({
      header: name,
      type: type === 'date' ? 'date' : type === 'number' ? 'decimal' : 'text',
      value: (row) => (row.custom as Record<string, TableValue>)[name],
    }));
  return [...declared, ...own];
}

async function page(filters: Filters, cursor: string | undefined, context: Context): Promise<Page> {
  return JSON.parse(await callSql(employees, { ...filters, cursor, limit: pageRows }, context.db)) as Page;
}

async function* rows(columns: readonly Column[], first: Page, filters: Filters, context: Context): AsyncGenerator<TableRow> {
  for (let found = first; ; found = await page(filters, found.next_cursor ?? undefined, context)) {
    for (const item of found.items) yield columns.map((column) => column.value(item));
    if (found.next_cursor === null) return;
  }
}
