import { Readable } from 'node:stream';
import type { Audit } from '../../platform/audit/audit.ts';
import { isNarrowed, type Principal } from '../../platform/auth/principal.ts';
import { callSql } from '../../platform/contract/call.ts';
import { FileAnswer, implement, type Context, type Implemented } from '../../platform/contract/implement.ts';
import type { AnyOperation, InputOf, OutputOf } from '../../platform/contract/operation.ts';
import { QhError } from '../../platform/errors.ts';
import type { Table, TableRow } from '../../platform/sheets/table.ts';
import { writeCsv } from '../../platform/sheets/write_csv.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import { audit, exportAudit, verifyAudit } from './contract.ts';

/** The audit is no function of schema api: SQL logins do not read it. */
const entries: AnyOperation = { ...audit, sql: 'platform.audit_entries' };
type Page = OutputOf<typeof audit>;
type Filters = Omit<InputOf<typeof exportAudit>, 'format'>;

export function auditOperations(store: Audit): Implemented[] {
  return [
    implement(audit, async (input, { db, principal }) => {
      requireWhole(principal);
      return JSON.parse(await callSql(entries, input, db)) as Page;
    }),
    implement(verifyAudit, (_input, { principal }) => {
      requireWhole(principal);
      return store.verify();
    }),
    implement(exportAudit, async ({ format = 'csv', ...filters }, context) => {
      requireWhole(context.principal);
      if (format === 'jsonl') return new FileAnswer('audit.jsonl', 'application/x-ndjson; charset=utf-8', Readable.from(lines(filters, context)));
      const table: Table = { name: 'audit', columns: names.map((header) => ({ header, type: 'text' })), rows: rows(filters, context) };
      return format === 'csv'
        ? new FileAnswer('audit.csv', 'text/csv; charset=utf-8', Readable.from(writeCsv(table, { byteOrderMark: true })))
        : new FileAnswer('audit.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Readable.from(writeXlsx([table])));
    }),
  ];
}

/** One chain tells of all services and people: it is not for who may see some. */
function requireWhole(caller: Principal): void {
  if (!isNarrowed(caller)) return;
  throw new QhError('forbidden', 'The audit tells of every service and everybody; you may see some of them only.');
}

const names = [
  'seq',
  'at',
  'principal_kind',
  'principal_id',
  'principal_name',
  'operation',
  'object',
  'before',
  'after',
  'request_id',
  'hash',
] as const;

/** The oldest first, page by page. */
async function* pages(filters: Filters, { db }: Context): AsyncGenerator<Page['items']> {
  const ascending: AnyOperation = { ...entries, key: ['seq'] };
  let cursor: string | undefined;
  do {
    const page = JSON.parse(await callSql(ascending, { ...filters, ...(cursor === undefined ? {} : { cursor }), limit: 5000 }, db)) as Page;
    yield page.items;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}

async function* lines(filters: Filters, context: Context): AsyncGenerator<string> {
  for await (const items of pages(filters, context)) yield items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

async function* rows(filters: Filters, context: Context): AsyncGenerator<TableRow> {
  for await (const items of pages(filters, context)) {
    for (const item of items) {
      yield names.map((name) => {
        const value = item[name];
        return typeof value === 'object' && value !== null ? JSON.stringify(value) : value === null ? null : String(value);
      });
    }
  }
}
