import { QhError } from '../errors.ts';
import type { Db, Tx } from '../db/pool.ts';
import { defaultLimit, isStructured, type AnyOperation } from './operation.ts';
import { recordWriter } from './records.ts';

/** Anything that runs one statement: a pool or a transaction. */
type Runner = Pick<Tx, 'query'> & Partial<Pick<Db, 'columns'>>;

/**
 * Calls the SQL function behind an operation and gives its answer as JSON text: PostgreSQL writes every value,
 * so SQL, REST and CLI cannot differ. A list reads one row more than asked for to know whether a page follows.
 */
export async function callSql(operation: AnyOperation, input: Record<string, unknown>, runner: Runner): Promise<string> {
  // Callers choose fields as they like: what comes again and again is the whole answer.
  const keepPlan = operation.method === 'GET' && input.fields === undefined;
  if (operation.result === 'list' && keepPlan && runner.columns !== undefined) {
    const page = await pageOfRecords(operation, input, runner as Db);
    if (page !== null) return page;
  }
  const { text, values, limit } = statement(operation, input);
  if (operation.result === 'list') {
    const place = input.fields === undefined ? 'json' : 'place';
    const [page] = await runner.query<{ head: string; place: string | null }>(pageOf(text, values, limit, place), values, { keepPlan });
    return page!.place === null ? page!.head : `${page!.head}${JSON.stringify(cursorAfter(operation, page!.place))}}`;
  }
  const rows = await runner.query<{ json: string }>(text, values, { keepPlan });
  switch (operation.result) {
    case 'rows':
      return `[${rows.map((row) => row.json).join(',')}]`;
    default:
      if (rows[0] === undefined) throw new QhError('not_found', `${operation.name}: nothing found for this input.`);
      return rows[0].json;
  }
}

/**
 * A page as one text, which costs less to carry than its rows. Where more items follow it ends before the cursor, which is made of the
 * `place` of its last item.
 */
function pageOf(text: string, values: unknown[], limit: number, place: 'json' | 'place'): string {
  const count = `$${values.push(limit)}::int`;
  return `select concat('{"items":[', array_to_string(a.items[:${count}], ','), '],"next_cursor":', case when not a.is_followed then 'null}' end) as head,
      case when a.is_followed then a.places[${count}] end as place
    from (select array_agg(i.json) as items, array_agg(i.${place}) as places, count(*) > ${count} as is_followed from (${text}) i) a`;
}

/** A longer page is written by PostgreSQL alone: here it would hold up everybody else for more than 3 ms. */
const longestWritten = 1000;
const maxWriters = 100;
/** What writes the items of a statement, by its text; null where PostgreSQL does. */
const writers = new Map<string, ReturnType<typeof recordWriter>>();

/**
 * A short page, whose items are written here, out of records; null where PostgreSQL has to write them. It writes the first one in any
 * case, and each answer is held against that: where it differs (somebody replaced the function meanwhile, or the session has other
 * formats), it writes all of them from then on.
 */
async function pageOfRecords(operation: AnyOperation, input: Record<string, unknown>, db: Pick<Db, 'query' | 'columns'>): Promise<string | null> {
  const { text, values, limit } = statement(operation, input, 't as item');
  if (limit > longestWritten) return null;
  let writer = writers.get(text);
  if (writer === undefined) {
    if (writers.size >= maxWriters) return null;
    writer = recordWriter(await db.columns(`select (i.item).* from (${text}) as i`, values));
    writers.set(text, writer);
  }
  if (writer === null) return null;
  const page = `with page as materialized (${text})
    select (select string_agg(p.item::text, ',') from page p) as records, (select to_json(p.item)::text from page p limit 1) as first`;
  const [{ records, first }] = (await db.query(page, values, { keepPlan: true })) as [{ records: string | null; first: string | null }];
  const items = writer(records ?? '');
  if (items[0] !== (first ?? undefined)) {
    writers.set(text, null);
    return null;
  }
  const next = items.length > limit ? JSON.stringify(cursorAfter(operation, items[limit - 1]!)) : 'null';
  return `{"items":[${items.slice(0, limit).join(',')}],"next_cursor":${next}}`;
}

/** The statement that calls the operation's function with the inputs that were given, by name; a list gives what is to be shown of each item. */
export function statement(operation: AnyOperation, input: Record<string, unknown>, item?: string) {
  const { cursor, limit = defaultLimit, fields: chosen, ...rest } = input as { cursor?: string; limit?: number; fields?: string[] };
  // Where the answer is no list, the function itself may take a limit, a cursor and fields.
  const fields = operation.result === 'list' ? rest : input;
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const args = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `p_${name} => ${argument(operation, fields, name, value, bind)}`);
  const call = `${operation.sql}(${args.join(', ')})`;
  if (operation.result !== 'list') return { text: `select to_json(t)::text as json from ${call} as t`, values, limit: 1 };
  const { columns, direction } = orderOf(operation);
  let text = `select ${item ?? shown(chosen, columns)} from ${call} as t`;
  if (cursor !== undefined) {
    const places = decodeCursor(operation, cursor, columns).map(bind);
    const order = direction === 'desc' ? '<' : '>';
    text += ` where (${columns.map((column) => `t.${column}`).join(', ')}) ${order} (${places.join(', ')})`;
  }
  text += ` order by ${columns.map((column) => `t.${column} ${direction}`).join(', ')} limit ${bind(limit + 1)}`;
  return { text, values, limit };
}

/** Items as JSON. Where fields are chosen, the place of an item in the list is given beside it, since the cursor needs it. */
function shown(chosen: string[] | undefined, key: string[]): string {
  if (chosen === undefined) return 'to_json(t)::text as json';
  const object = (names: readonly string[]) => `(select to_json(f)::text from (select ${names.map((name) => `t."${name}"`).join(', ')}) as f)`;
  return `${object([...new Set(chosen)])} as json, ${object(key)} as place`;
}

function argument(operation: AnyOperation, fields: Record<string, unknown>, name: string, value: unknown, bind: (value: unknown) => string): string {
  const schema: { type?: string; format?: string } | undefined = operation.input.properties[name];
  if (isStructured(schema)) return bind(JSON.stringify(value));
  if (schema?.format === 'date-time' && typeof value === 'string' && !/(Z|[+-]\d\d:?\d\d)$/i.test(value)) {
    if (operation.zone === undefined) return `(${bind(value)}::timestamp at time zone 'UTC')`;
    const zoneInput = operation.zone.input === null ? undefined : fields[operation.zone.input];
    const zone = `${operation.zone.function}(${zoneInput === undefined ? 'null' : bind(zoneInput)})`;
    return `(${bind(value)}::timestamp at time zone ${zone})`;
  }
  return bind(value);
}

function orderOf(operation: AnyOperation): { columns: string[]; direction: 'asc' | 'desc' } {
  const key = operation.key ?? [];
  if (key.length === 0) throw new Error(`${operation.name} is a list without a key`);
  const descending = key[0]!.startsWith('-');
  return { columns: key.map((column) => column.replace(/^-/, '')), direction: descending ? 'desc' : 'asc' };
}

/** The cursor that continues after this item. */
export function encodeCursor(operation: AnyOperation, item: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(orderOf(operation).columns.map((column) => item[column] ?? null))).toString('base64url');
}

/** The cursor behind an item, or behind its place, that PostgreSQL wrote as JSON. */
export const cursorAfter = (operation: AnyOperation, json: string): string => encodeCursor(operation, JSON.parse(json) as Record<string, unknown>);

/** The values that a cursor holds, one per key column. */
export function decodeCursor(operation: AnyOperation, cursor: string, columns = orderOf(operation).columns): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.length === columns.length && values.every(isPlain)) return values;
  } catch {
    // falls through to the one error below
  }
  throw new QhError('bad_request', 'cursor: is not a next_cursor of this operation', {
    errors: [
      { path: 'cursor', rule: 'is not a next_cursor of this operation', value: cursor, hint: 'Pass next_cursor of the answer before, unchanged.' },
    ],
  });
}

const isPlain = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value);
