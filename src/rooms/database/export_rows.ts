import pg from 'pg';
import { statement } from '../../platform/contract/call.ts';
import type { AnyOperation } from '../../platform/contract/operation.ts';
import type { ColumnType, TableColumn, TableRow, TableValue } from '../../platform/sheets/table.ts';
import type { Configuration } from './export_data.ts';
import type { RelationColumn } from './relation.ts';
import { fromOf, orderBy, shown, whereOf, type Selection } from './select.ts';

const { escapeIdentifier } = pg;

type Format = Configuration['format'];

/** The statement that gives the rows of a selection: as JSON for jsonl, else one text per column. */
export function tableStatement(selection: Selection, format: Format): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const where = whereOf(selection, (value) => `$${values.push(value)}`);
  const { columns, view, order, relation } = selection;
  const fields =
    format === 'jsonl'
      ? `(select to_json(r)::text from (select ${columns.map((column) => `${shown(column, view)} as ${escapeIdentifier(column.name)}`).join(', ')}) as r)`
      : columns.map((column) => asText(column, shown(column, view), format)).join(', ');
  // A view without a key has no order of its own: sorting all of it by everything would only cost.
  const isOrdered = relation.key_columns.length > 0 || order.length < relation.columns.length;
  const text = `select ${fields} from ${fromOf(selection)}${where.length > 0 ? ` where ${where.join(' and ')}` : ''}${isOrdered && order.length > 0 ? ` order by ${orderBy(order)}` : ''}`;
  return { text, values };
}

function asText({ type }: RelationColumn, expression: string, format: Format): string {
  // A spreadsheet knows no offsets: its clock readings are in UTC.
  if (type === 'timestamp with time zone')
    return format === 'xlsx' ? `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')` : `to_json(${expression}) #>> '{}'`;
  if (type.endsWith('[]')) return `to_json(${expression})::text`;
  return `(${expression})::text`;
}

export function sheetColumns({ columns, view }: Selection, format: Format): TableColumn[] {
  return columns.map((column) => ({
    header: column.name,
    type: column.personal !== null && !view.seesPersonal ? 'text' : sheetType(column.type, format),
  }));
}

function sheetType(type: string, format: Format): ColumnType {
  if (/^(smallint|integer|bigint)$/.test(type)) return 'integer';
  if (/^(numeric.*|real|double precision)$/.test(type)) return 'decimal';
  if (format !== 'xlsx') return 'text';
  return type.startsWith('timestamp') ? 'datetime' : type === 'date' ? 'date' : 'text';
}

type FieldSchema = { type?: string; format?: string; anyOf?: FieldSchema[] };

/** The columns of an operation's items, and the values of one of them. */
export function itemColumns(operation: AnyOperation, format: Format): { columns: TableColumn[]; valuesOf: (json: string) => TableRow } {
  const fields = Object.entries((operation.output as { properties: Record<string, FieldSchema> }).properties);
  const columns = fields.map(([header, schema]): TableColumn => ({ header, type: itemType(schema, format) }));
  const valuesOf = (json: string): TableRow => {
    const item = JSON.parse(json) as Record<string, unknown>;
    return columns.map(({ header, type }) => itemValue(item[header], type));
  };
  return { columns, valuesOf };
}

function itemType(schema: FieldSchema, format: Format): ColumnType {
  const { type, format: form } = schema.anyOf?.find((part) => part.type !== 'null') ?? schema;
  if (type === 'integer') return 'integer';
  if (type === 'number') return 'decimal';
  if (format !== 'xlsx') return 'text';
  return form === 'date-time' ? 'datetime' : form === 'date' ? 'date' : 'text';
}

function itemValue(value: unknown, type: ColumnType): TableValue {
  if (type === 'datetime' && typeof value === 'string') return new Date(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as TableValue);
}

/** The statement behind a list, without its pages. */
export function listStatement(operation: AnyOperation, input: Record<string, unknown>): { text: string; values: unknown[] } {
  const { text, values } = statement(operation, { ...input, limit: 2 ** 53 - 2 });
  return { text, values };
}
