import type { Tx } from './pool.ts';

/** Rows that one fetch brings: enough that round trips do not count, few enough that they are garbage while they are young. */
const rowsPerFetch = 250;

/**
 * The rows of a statement through a cursor of the transaction, some hundreds at a time, each a list of values; one at a time per
 * transaction. Memory does not grow with the rows.
 */
export async function* rowsOf(tx: Tx, { text, values }: { text: string; values: unknown[] }): AsyncGenerator<(string | null)[][]> {
  await tx.query(`declare streamed no scroll cursor for ${text}`, values);
  try {
    for (;;) {
      const rows = await fetchRows(tx);
      yield rows;
      if (rows.length < rowsPerFetch) break;
    }
  } finally {
    // A transaction that failed has closed it already.
    await tx.query('close streamed').catch(() => {});
  }
}

/**
 * By callback: the promises that pg makes by itself hang together, so that one which grew old keeps the rows of all later ones until the
 * next full collection. A million facts exported that way took 100 MiB more.
 */
function fetchRows({ client }: Tx): Promise<(string | null)[][]> {
  return new Promise((resolve, reject) => {
    client.query<(string | null)[]>({ text: `fetch ${rowsPerFetch} from streamed`, rowMode: 'array' }, (error: Error | undefined, result) => {
      if (error) reject(error);
      else resolve(result.rows);
    });
  });
}
