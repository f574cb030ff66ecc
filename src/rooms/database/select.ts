import pg from 'pg';
import { QhError } from '../../platform/errors.ts';
import { parseFilter, type Condition } from './filter.ts';
import { columnOf, type Relation, type RelationColumn, type View } from './relation.ts';

const { escapeIdentifier } = pg;

export interface Question {
  columns?: readonly string[];
  filter?: string;
  /** Columns, with a leading `-` downwards. */
  order?: readonly string[];
}

export interface Place {
  column: RelationColumn;
  isDescending: boolean;
}

/** A question about a relation, checked against the catalog: everything that a statement is written from. */
export interface Selection {
  relation: Relation;
  columns: RelationColumn[];
  conditions: Condition[];
  /** The whole order; the key stands at its end. */
  order: Place[];
  /** Whether no two rows have the same place in that order. */
  isExact: boolean;
  view: View;
}

export function selectionOf(relation: Relation, question: Question, view: View): Selection {
  const conditions = parseFilter(question.filter ?? '');
  for (const { column } of conditions) requireOpen(columnOf(relation, column, 'filter'), 'filter', view);
  const asked = (question.order ?? []).map((name): Place => {
    const column = columnOf(relation, name.replace(/^-/, ''), 'order');
    requireOpen(column, 'order', view);
    if (!column.is_sortable) throw refused('order', column.name, `${column.type} has no order`);
    return { column, isDescending: name.startsWith('-') };
  });
  const key = relation.key_columns.map((name) => relation.columns.find((column) => column.name === name));
  const isExact = key.length > 0 && key.every((column) => column !== undefined && isOpen(column, view));
  const rest = isExact
    ? key.filter((column) => column !== undefined)
    : relation.columns.filter((column) => column.is_sortable && isOpen(column, view));
  const last = asked.at(-1)?.isDescending ?? false;
  const order = [
    ...asked,
    ...rest.filter((column) => !asked.some((place) => place.column === column)).map((column) => ({ column, isDescending: last })),
  ];
  const columns =
    question.columns === undefined ? relation.columns : [...new Set(question.columns)].map((name) => columnOf(relation, name, 'columns'));
  return { relation, columns, conditions, order, isExact, view };
}

const isOpen = ({ personal }: RelationColumn, { seesPersonal }: View): boolean => personal === null || seesPersonal;

/** Who sees a column masked learns nothing of it by asking for rows or by their order either. */
function requireOpen(column: RelationColumn, path: string, view: View): void {
  if (!isOpen(column, view)) throw new QhError('forbidden', `${path}: ${column.name} is personal and masked for you.`);
}

const refused = (path: string, value: string, rule: string) =>
  new QhError('bad_request', `${path}: ${value}: ${rule}`, { errors: [{ path, rule, value }] });

/** A column as the caller may see it. */
export function shown(column: RelationColumn, view: View): string {
  const name = `s.${escapeIdentifier(column.name)}`;
  if (isOpen(column, view)) return name;
  return /^(text|character varying.*|character.*)$/.test(column.type)
    ? `platform.masked(${name}::text, '${column.personal}')`
    : `null::${column.type}`;
}

export const fromOf = ({ relation }: Selection): string =>
  `${escapeIdentifier(relation.schema_name)}.${escapeIdentifier(relation.relation_name)} as s`;

/** The conditions of a selection, also the caller's services: policies say the same, and this is where an index is found. */
export function whereOf({ relation, conditions, view }: Selection, bind: (value: unknown) => string): string[] {
  const parts = conditions.map((condition) => conditionOf(columnOf(relation, condition.column, 'filter'), condition, bind));
  if (view.serviceIds !== null && relation.has_service_id) parts.push(`s.service_id = any (${bind(view.serviceIds)}::int[])`);
  return parts;
}

const signs = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

function conditionOf(column: RelationColumn, { operator, values }: Condition, bind: (value: unknown) => string): string {
  const name = `s.${escapeIdentifier(column.name)}`;
  const pattern = (value: string) => value.replaceAll(/[\\%_]/g, String.raw`\$&`);
  switch (operator) {
    case 'null':
      return `${name} is null`;
    case 'not_null':
      return `${name} is not null`;
    case 'contains':
      return `${name}::text ilike ${bind(`%${pattern(values[0]!)}%`)}`;
    case 'starts':
      return `${name}::text ilike ${bind(`${pattern(values[0]!)}%`)}`;
    default:
      if (!column.is_sortable) throw refused('filter', column.name, `${column.type} is compared only with contains, starts, is null`);
      if (operator === 'in') return `${name} = any (${bind(values)}::text[]::${column.type}[])`;
      return `${name} ${signs[operator]} ${bind(values[0])}::${column.type}`;
  }
}

export const orderBy = (order: readonly Place[]): string =>
  order.map(({ column, isDescending }) => `s.${escapeIdentifier(column.name)} ${isDescending ? 'desc' : 'asc'} nulls last`).join(', ');
