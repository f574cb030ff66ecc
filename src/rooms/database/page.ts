import pg from 'pg';
import { QhError } from '../../platform/errors.ts';
import { fromOf, orderBy, shown, whereOf, type Place, type Selection } from './select.ts';

const { escapeIdentifier } = pg;

/** Where a page ended: the last row's values in the order of the list, and how many rows of exactly these values were given. */
interface Cursor {
  order: string;
  values: (string | null)[];
  skip: number;
}

/** One page as a statement; it reads one row more than asked for, so that it is known whether a page follows. */
export function pageStatement(
  selection: Selection,
  limit: number,
  cursor: string | undefined,
): { text: string; values: unknown[]; from: Cursor | null } {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const from = cursor === undefined ? null : readCursor(selection, cursor);
  const where = whereOf(selection, bind);
  if (from !== null) where.push(after(selection, from.values, bind));
  const place = selection.order.map(({ column }) => `s.${escapeIdentifier(column.name)}::text`).join(', ');
  const fields = selection.columns.map((column) => `${shown(column, selection.view)} as ${escapeIdentifier(column.name)}`).join(', ');
  const text =
    `select (select to_json(r)::text from (select ${fields}) as r) as json, to_json(array[${place}]::text[])::text as place from ${fromOf(selection)}` +
    (where.length > 0 ? ` where ${where.join(' and ')}` : '') +
    (selection.order.length > 0 ? ` order by ${orderBy(selection.order)}` : '') +
    ` limit ${bind(limit + 1)}` +
    (from !== null && from.skip > 0 ? ` offset ${bind(from.skip)}` : '');
  return { text, values, from };
}

export interface PageRow {
  json: string;
  /** JSON of the values in the order of the list. */
  place: string;
}

/** Where a page ends: its last place, how many of its last rows stand there, and whether all of them do. */
export class PageEnd {
  #place = '';
  #same = 0;
  #count = 0;

  see(place: readonly (string | null)[]): void {
    const text = JSON.stringify(place);
    this.#same = text === this.#place ? this.#same + 1 : 1;
    this.#place = text;
    this.#count++;
  }

  /** The cursor behind the page; rows that nothing tells apart are counted instead. */
  cursor(selection: Selection, from: Cursor | null): string {
    let skip = 0;
    if (!selection.isExact) {
      const goesOn = this.#same === this.#count && from !== null && JSON.stringify(from.values) === this.#place;
      skip = this.#same + (goesOn ? from.skip : 0);
    }
    return Buffer.from(JSON.stringify([orderName(selection.order), JSON.parse(this.#place), skip])).toString('base64url');
  }
}

const orderName = (order: readonly Place[]): string => order.map(({ column, isDescending }) => `${isDescending ? '-' : ''}${column.name}`).join();

function readCursor({ order, relation }: Selection, text: string): Cursor {
  try {
    const [name, values, skip]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const isList = Array.isArray(values) && values.length === order.length && values.every((value) => value === null || typeof value === 'string');
    if (name === orderName(order) && isList && typeof skip === 'number' && Number.isSafeInteger(skip) && skip >= 0)
      return { order: name, values: values as Cursor['values'], skip };
  } catch {
    // falls through to the one error below
  }
  const rule = `is no next_cursor of ${relation.table_name} in this order`;
  throw new QhError('bad_request', `cursor: ${rule}`, { errors: [{ path: 'cursor', rule, value: text.slice(0, 200) }] });
}

/** Rows behind a place; with it where rows cannot be told apart. Nulls come last. */
function after({ order, isExact }: Selection, values: readonly (string | null)[], bind: (value: unknown) => string): string {
  const places = order.map(({ column, isDescending }, at) => ({
    name: `s.${escapeIdentifier(column.name)}`,
    sign: isDescending ? '<' : '>',
    value: values[at] === null ? null : `${bind(values[at])}::${column.type}`,
    isNullable: column.is_nullable,
  }));
  // One comparison of rows is what an index answers.
  if (isExact && places.every(({ sign, isNullable, value }) => sign === places[0]!.sign && !isNullable && value !== null))
    return `(${places.map(({ name }) => name).join(', ')}) ${places[0]!.sign} (${places.map(({ value }) => value).join(', ')})`;
  let condition = isExact ? 'false' : 'true';
  for (const { name, sign, value, isNullable } of places.toReversed()) {
    const same = value === null ? `${name} is null` : `${name} = ${value}`;
    const further = value === null ? 'false' : isNullable ? `(${name} ${sign} ${value} or ${name} is null)` : `${name} ${sign} ${value}`;
    condition = `(${further} or ${same} and ${condition})`;
  }
  return condition;
}
