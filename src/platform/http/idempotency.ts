import { createHash } from 'node:crypto';
import type { Db, Tx } from '../db/pool.ts';
import { QhError } from '../errors.ts';

/** One keyed write: who, under which key, and what was asked. */
export interface KeyedWrite {
  principalId: string;
  key: string;
  requestHash: Buffer;
  /** The answer is not kept: the same key again has no effect, and no answer either. */
  hasSecretAnswer?: boolean;
}

/** Thrown inside an effect when the key was used before: the answer of the first time. */
export class Replay extends Error {
  /** Letter by letter as it was. */
  readonly text: string;
  constructor(text: string) {
    super('answered before');
    this.text = text;
  }
  get answer(): unknown {
    return JSON.parse(this.text);
  }
}

export function requestHash(...parts: string[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest();
}

/**
 * Runs a write in one transaction. With a key, the row that remembers the answer is written in that same
 * transaction: a crash leaves neither effect nor row. The lock is only tried, so a second request while the
 * first is in flight is told so at once.
 */
export function effectOf(db: Db, write?: KeyedWrite): <T>(work: (tx: Tx) => Promise<T>) => Promise<T> {
  if (write === undefined) return (work) => db.transaction(work);
  return (work) =>
    db.transaction(async (tx) => {
      await claim(tx, write);
      const answer = await work(tx);
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer ?? null);
      await tx.query(
        `insert into platform.idempotency_keys (principal_id, idempotency_key, request_hash, answer, created_at)
         values ($1, $2, $3, $4, platform.now())`,
        [write.principalId, write.key, write.requestHash, write.hasSecretAnswer === true ? null : text],
      );
      return answer;
    });
}

async function claim(tx: Tx, write: KeyedWrite): Promise<void> {
  const [lock] = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 20)) as taken', [
    `${write.principalId}:${write.key}`,
  ]);
  if (lock?.taken !== true)
    throw new QhError('conflict', 'A request with this Idempotency-Key is still in flight.', {
      hint: 'Wait for its answer, then ask again with the same key.',
    });
  const [row] = await tx.query<{ request_hash: Buffer; answer: string | null }>(
    'select request_hash, answer::text as answer from platform.idempotency_keys where principal_id = $1 and idempotency_key = $2',
    [write.principalId, write.key],
  );
  if (row === undefined) return;
  if (!row.request_hash.equals(write.requestHash))
    throw new QhError('idempotency_mismatch', 'This Idempotency-Key was used for another request.', { hint: 'Use a new key for a new request.' });
  if (row.answer === null)
    throw new QhError(
      'conflict',
      'This was done before with this Idempotency-Key; its answer is not kept: it held a secret, or somebody who was erased.',
      {
        hint: 'If you did not get the answer, take back what was made and make another with a new key.',
      },
    );
  throw new Replay(row.answer);
}
