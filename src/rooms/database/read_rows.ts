import { implement, JsonAnswer, type Context } from '../../platform/contract/implement.ts';
import { defaultLimit } from '../../platform/contract/operation.ts';
import { isLongPage, streamPage } from '../../platform/contract/stream.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import { rows } from './contract.ts';
import { PageEnd, pageStatement, type PageRow } from './page.ts';
import { columnOf, readAs, viewOf, type Relations } from './relation.ts';
import { selectionOf } from './select.ts';

/** Rows of any table or view; PostgreSQL writes them as JSON. */
export const rowsVerb = (relations: Relations) =>
  implement(rows, async ({ table_name: name, columns, fields, filter, order, cursor, limit = defaultLimit }, context) => {
    const relation = await relations.find(name, context.principal, context.db);
    if (columns !== undefined && fields !== undefined) throw sameTwice(fields);
    for (const field of fields ?? []) columnOf(relation, field, 'fields');
    const reader = readAs(relation, context);
    const selection = selectionOf(relation, { columns: fields ?? columns, filter, order }, viewOf(reader.principal));
    const { text, values, from } = pageStatement(selection, limit, cursor);
    const end = new PageEnd();
    const cursorBehind = () => end.cursor(selection, from);
    const see = (place: string) => end.see(JSON.parse(place) as (string | null)[]);
    if (context.takesStreams === true && isLongPage(rows, { limit }))
      return streamPage(reader.db, { text, values, limit, see: ([, place]) => see(place!), cursor: cursorBehind });
    const found = await reading(reader, (tx) => tx.query<PageRow>(text, values));
    const page = found.slice(0, limit);
    for (const { place } of page) see(place);
    const next = found.length > limit ? cursorBehind() : null;
    return new JsonAnswer(`{"items":[${page.map(({ json }) => json).join(',')}],"next_cursor":${JSON.stringify(next)}}`);
  });

function sameTwice(value: string[]): QhError {
  const rule = 'says the same as columns';
  return new QhError('bad_request', `fields: ${rule}`, { errors: [{ path: 'fields', rule, value, hint: 'Give one of the two.' }] });
}

/** A transaction that can only read, and not for long. */
export function reading<T>({ db }: Pick<Context, 'db'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.query(`set transaction read only; set local statement_timeout = '30s'`);
    return work(tx);
  });
}
