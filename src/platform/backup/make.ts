/** Makes what definitions say, in an order that the server itself finds out: what lacks something is tried again. */
import pg from 'pg';
import { QhError } from '../errors.ts';
import type { Definition } from './definitions.ts';

export interface Sessions {
  /** As qh_owner; the first one also for what only one does. */
  owners: readonly [pg.Client, ...pg.Client[]];
  server: pg.Client;
  close(): Promise<void>;
}

/** Undefined schema, table, column, function, object; object of another state: what another statement may still bring. */
const notYet = new Set(['3F000', '42P01', '42703', '42883', '42704', '55000', '42809', '42830', '42P17']);

/** `defer`: what cannot be made yet is given back (but tables must be); `all`: everything must be made. */
export async function makeAll(sessions: Sessions, definitions: readonly Definition[], how: 'defer' | 'all'): Promise<Definition[]> {
  let waiting: Definition[] = [];
  for (const rank of [...new Set(definitions.map((definition) => definition.rank))].toSorted((a, b) => a - b)) {
    const due = [...waiting, ...definitions.filter((definition) => definition.rank === rank)];
    waiting = await makeRounds(sessions, due);
  }
  const must = how === 'all' ? waiting : waiting.filter(({ kind }) => !['function', 'aggregate'].includes(kind));
  const [first] = must;
  if (first) {
    const error = await attempt(sessionOf(sessions, first), first.sql);
    throw new QhError('internal', `The ${first.kind} ${first.identity} cannot be made: ${error?.message ?? 'it waits for another'}`, {
      cause: error ?? undefined,
    });
  }
  return waiting;
}

/** Round after round until one brings nothing; the rest is returned. */
async function makeRounds(sessions: Sessions, definitions: readonly Definition[]): Promise<Definition[]> {
  let waiting = [...definitions];
  for (;;) {
    const missed = await makeRound(sessions, waiting);
    if (missed.length === 0 || missed.length === waiting.length) return missed;
    waiting = missed;
  }
}

/** Keys and indexes of a big table keep one connection busy, while the others make those of other tables. */
async function makeRound(sessions: Sessions, definitions: readonly Definition[]): Promise<Definition[]> {
  const missed: Definition[] = [];
  const isParallel = definitions.every(({ kind }) => kind === 'key' || kind === 'index');
  const own = definitions.filter(({ owner }) => owner !== 'qh_server');
  const queues: [pg.Client, Definition[]][] = [
    ...(isParallel ? sessions.owners : sessions.owners.slice(0, 1)).map((client): [pg.Client, Definition[]] => [client, own]),
    [sessions.server, definitions.filter(({ owner }) => owner === 'qh_server')],
  ];
  const work = async (client: pg.Client, queue: Definition[]): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const error = await attempt(client, next.sql);
      if (error === null) continue;
      if (!notYet.has(error.code ?? '')) {
        queue.length = 0;
        throw new QhError('internal', `The ${next.kind} ${next.identity} cannot be made: ${error.message}`, { cause: error });
      }
      missed.push(next);
    }
  };
  // What belongs to the server's login may stand in a schema that the owner makes in this very round.
  for (const group of [queues.slice(0, -1), queues.slice(-1)]) {
    const results = await Promise.allSettled(group.map(([client, queue]) => work(client, queue)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
  return missed;
}

const sessionOf = (sessions: Sessions, { owner }: Definition): pg.Client => (owner === 'qh_server' ? sessions.server : sessions.owners[0]);

async function attempt(client: pg.Client, sql: string): Promise<pg.DatabaseError | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error;
    throw error;
  }
}
