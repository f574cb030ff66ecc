import { isRowRule, type DataRule, type DataTable } from './data_rule.ts';

/** Moments in ISO 8601; half open. */
export interface Period {
  from: string;
  to: string;
}

/** The query that finds what a rule calls wrong, as anybody can run it in psql. */
export function queryOf(table: DataTable, rule: DataRule, period: Period): string {
  const literal = { $1: `'${period.from}'`, $2: `'${period.to}'` };
  return findSql(table, rule)
    .replaceAll(/\$[12]/g, (place) => literal[place as '$1' | '$2'])
    .replaceAll(/\n\s+/g, '\n  ');
}

/** The first of the wrong rows as JSON objects. */
export function exampleSql(table: DataTable, rule: DataRule, period: Period, limit: number): { text: string; values: unknown[] } {
  const text = `select to_json(x) as row from (${findSql(table, rule)}) x limit ${Math.trunc(limit)}`;
  return { text, values: text.includes('$1') ? [period.from, period.to] : [] };
}

function findSql(table: DataTable, rule: DataRule): string {
  if (!isRowRule(rule)) return rule.rows;
  const columns = [...new Set([...table.key, ...rule.field.split(', ')])].map((column) => `t.${column}`);
  // Besides what is wrong itself, the columns that the condition compares it with.
  for (const [column] of rule.wrong.matchAll(/t\.\w+/g)) if (!columns.includes(column)) columns.push(column);
  const period = table.moment === null ? '' : `t.${table.moment} >= $1 and t.${table.moment} < $2\n  and `;
  const order = table.key.map((column) => `t.${column}`).join(', ');
  return `select ${columns.join(', ')}\nfrom api.${table.table} t\nwhere ${period}(${rule.wrong})\norder by ${order}`;
}
