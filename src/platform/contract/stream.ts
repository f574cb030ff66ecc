import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { rowsOf } from '../db/cursor.ts';
import type { Db } from '../db/pool.ts';
import { cursorAfter, statement } from './call.ts';
import { JsonStream } from './implement.ts';
import { defaultLimit, type AnyOperation } from './operation.ts';

/** A page of more items than this is sent while it is read: it is in memory at no moment, and so has no tag and is not kept. */
const longPage = 10_000;

export const isLongPage = ({ result, method }: Pick<AnyOperation, 'result' | 'method'>, { limit }: { limit?: unknown }): boolean =>
  method === 'GET' && result === 'list' && typeof limit === 'number' && limit > longPage;

/** A statement that gives JSON, and perhaps the place, of one item per row, one row more than the page has. */
export interface PageSource {
  text: string;
  values: unknown[];
  limit: number;
  /** Told of each item of the page. */
  see: (row: readonly (string | null)[]) => void;
  /** The cursor behind the last item that was seen, when another one follows. */
  cursor: () => string;
}

/** A long page of an operation behind which stands a function. */
export function streamList(operation: AnyOperation, input: Record<string, unknown>, db: Db): Promise<JsonStream> {
  let last: readonly (string | null)[] = [];
  const { text, values } = statement(operation, input);
  const limit = (input.limit as number | undefined) ?? defaultLimit;
  return streamPage(db, { text, values, limit, see: (row) => (last = row), cursor: () => cursorAfter(operation, last[1] ?? last[0]!) });
}

/** Begins when the first rows are there, so that what cannot be asked is still a problem and not half an answer. */
export async function streamPage(db: Db, source: PageSource): Promise<JsonStream> {
  const out = new PassThrough({ highWaterMark: 64 * 1024 });
  const begun = Promise.withResolvers<void>();
  const work = db.transaction(async (tx) => {
    await tx.query('set transaction read only');
    for await (const piece of pieces(rowsOf(tx, source), source)) {
      begun.resolve();
      if (!out.write(piece)) await room(out);
    }
  });
  work.then(
    () => out.end(),
    (error: unknown) => {
      begun.reject(error);
      out.destroy(error instanceof Error ? error : new Error(String(error)));
    },
  );
  // Whoever listens is told; nobody does when the answer has not begun.
  out.on('error', () => {});
  await begun.promise;
  return new JsonStream(out);
}

async function* pieces(batches: AsyncIterable<(string | null)[][]>, { limit, see, cursor }: PageSource): AsyncGenerator<string> {
  let count = 0;
  let head = '{"items":[';
  let hasMore = false;
  for await (const batch of batches) {
    const items = batch.slice(0, limit - count);
    hasMore ||= batch.length > items.length;
    for (const row of items) see(row);
    const text = items.map(([json]) => json).join(',');
    count += items.length;
    if (text === '') continue;
    yield head + text;
    head = ',';
  }
  yield `${count === 0 ? head : ''}],"next_cursor":${hasMore ? JSON.stringify(cursor()) : 'null'}}`;
}

/** Until there is room again; whoever has gone ends it. */
async function room(out: PassThrough): Promise<void> {
  // One that closed before says so no more: waiting for it would hold the connection for ever.
  if (out.destroyed) throw new Error('the reader has gone');
  const settled = new AbortController();
  const gone = once(out, 'close', { signal: settled.signal }).then(() => {
    throw new Error('the reader has gone');
  });
  try {
    await Promise.race([once(out, 'drain', { signal: settled.signal }), gone]);
  } finally {
    settled.abort();
    gone.catch(() => {});
  }
}
