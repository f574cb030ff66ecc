import { readFilters, type TableState } from '../../../kit/table/column.ts';
import type { Question, TableInfo } from '../queries.ts';

const isNumber = (type: string) => /^(smallint|integer|bigint|numeric|real|double)/.test(type);

export const columnType = (type: string): 'number' | 'text' => (isNumber(type) ? 'number' : 'text');

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
  const comparison = /^(<=|>=|<|>|=)\s*(-?[\d.,\s\u00A0]+)$/.exec(filter);
  if (comparison && isNumber(type)) return [`${name} ${words[comparison[1] as keyof typeof words]} ${number(comparison[2]!)}`];
  return [`${name} contains ${quote(filter)}`];
}
