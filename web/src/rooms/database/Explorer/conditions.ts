import { readFilters, type TableState } from '../../../kit/table/column.ts';
import type { Question, TableInfo } from '../queries.ts';

const isNumber = (type: string) => /^(smallint|integer|bigint|numeric|real|double)/.test(type);

const isTime = (type: string) => /^(date|timestamp)/.test(type);

export const columnType = (type: string): 'number' | 'time' | 'text' => (isNumber(type) ? 'number' : isTime(type) ? 'time' : 'text');

const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;
const words = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge', '=': 'eq' } as const;

/** What stands in the heads of the columns as a question to the server, which sees all rows and not only those that are here. */
export function questionOf(table: TableInfo, { sort, filters }: TableState): Question {
  const asked = Object.entries(readFilters(filters)).flatMap(([name, filter]) => {
    const column = table.columns.find(({ column_name: own }) => own === name);
    return column === undefined || filter.trim() === '' ? [] : conditionOf(name, column.data_type, filter.trim());
  });
  const sorted = table.columns.some(({ column_name: name, is_sortable: can }) => can && name === sort?.replace(/^-/, ''));
  return {
    table_name: table.table_name,
    ...(asked.length > 0 ? { filter: asked.join(' and ') } : {}),
    ...(sorted && sort !== undefined ? { order: [sort] } : {}),
  };
}

function conditionOf(name: string, type: string, filter: string): string[] {
  const number = (text: string) => quote(text.replaceAll(/[\s\u00A0]/g, '').replace(',', '.'));
  const range = /^(-?[\d.,]+)\s*\.\.\s*(-?[\d.,]+)$/.exec(filter);
  if (range && isNumber(type)) return [`${name} ge ${number(range[1]!)}`, `${name} le ${number(range[2]!)}`];
  // Half a comparison, while it is being typed, asks for nothing yet.
  if (columnType(type) !== 'text' && /^(<=|>=|<|>|=)?-?$/.test(filter)) return [];
  const comparison = /^(<=|>=|<|>|=)\s*(-?[\d.,\s\u00A0]+)$/.exec(filter);
  if (comparison && isNumber(type)) return [`${name} ${words[comparison[1] as keyof typeof words]} ${number(comparison[2]!)}`];
  return (isTime(type) ? daysOf(name, filter) : null) ?? [`${name} contains ${quote(filter)}`];
}

/** Whole days, both included: `2025-05-01..2025-05-07`, `>2025-05-01`, `=2025-05-01`. */
function daysOf(name: string, filter: string): string[] | null {
  const range = /^(\d{4}-\d\d-\d\d)\s*\.\.\s*(\d{4}-\d\d-\d\d)$/.exec(filter);
  const comparison = /^(<=|>=|<|>|=)\s*(\d{4}-\d\d-\d\d)$/.exec(filter);
  const [sign, first, last] = range ? ['=', range[1]!, range[2]!] : comparison ? [comparison[1]!, comparison[2]!, comparison[2]!] : [];
  if (sign === undefined || first === undefined || last === undefined) return null;
  const after = dayAfter(last);
  if (after === null || dayAfter(first) === null) return null;
  const from = `${name} ge ${quote(sign === '>' ? after : first)}`;
  const to = `${name} lt ${quote(sign === '<' ? first : after)}`;
  return sign === '=' ? [from, to] : [sign.startsWith('>') ? from : to];
}

function dayAfter(day: string): string | null {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? null : new Date(time + 86_400_000).toISOString().slice(0, 10);
}
