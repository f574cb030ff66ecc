import { createHmac } from 'node:crypto';
import { secretKeyOf } from '../backup/keys.ts';
import type { Config } from '../config/config.ts';
import type { Tx } from '../db/pool.ts';

/** What `eraseTraces` of app is to the rooms that erase. */
export type EraseTraces = (
  tx: Tx,
  jobs: { send(name: string, data: object, tx?: Tx): Promise<void> },
  batchIds: readonly string[],
  words: readonly string[],
) => Promise<Erased[]>;

export interface Erased {
  table: string;
  column: string;
  rows: number;
}

/** The key of the marks of who was erased. It is never in the database: without it numbers and addresses could be tried until one fits. */
export const erasureKeyOf = (config: Pick<Config, 'secretKey' | 'dataDir'>): string =>
  createHmac('sha256', secretKeyOf(config)).update('erased people').digest('hex');

/** Lets `platform.erasure_mark` work until the transaction ends. */
export async function useErasureKey(tx: Pick<Tx, 'query'>, key: string): Promise<void> {
  await tx.query(`select set_config('qh.erasure_key', $1, true)`, [key]);
}
