import type { TObject, TSchema } from 'typebox';
import { decodeCursor, encodeCursor } from './call.ts';
import { defaultLimit, type Operation, type OutputOf } from './operation.ts';

/** One page of a short list that is in memory, ordered and continued by the operation's key like a list from SQL. */
export function pageOf<I extends TObject, O extends TSchema>(
  operation: Operation<I, O, 'list'>,
  rows: readonly object[],
  { cursor, limit = defaultLimit }: { cursor?: string; limit?: number },
): OutputOf<Operation<I, O, 'list'>> {
  const columns = (operation.key ?? []).map((column) => column.replace(/^-/, ''));
  const sign = operation.key?.[0]?.startsWith('-') === true ? -1 : 1;
  const compare = (a: readonly unknown[], b: readonly unknown[]) => {
    for (const [at, value] of a.entries()) {
      if (value !== b[at]) return sign * (String(value) < String(b[at]) ? -1 : 1);
    }
    return 0;
  };
  const keyOf = (row: object) => columns.map((column) => (row as Record<string, unknown>)[column]);
  const after = cursor === undefined ? undefined : decodeCursor(operation, cursor, columns);
  const sorted = rows.toSorted((a, b) => compare(keyOf(a), keyOf(b))).filter((row) => after === undefined || compare(keyOf(row), after) > 0);
  const items = sorted.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    next_cursor: sorted.length > limit && last !== undefined ? encodeCursor(operation, last as Record<string, unknown>) : null,
  } as OutputOf<Operation<I, O, 'list'>>;
}
