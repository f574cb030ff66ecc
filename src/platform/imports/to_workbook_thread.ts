import { parentPort, workerData } from 'node:worker_threads';
import { QhError, type ErrorCode } from '../errors.ts';
import type { ImportKind } from './kind.ts';
import { toWorkbook } from './to_workbook.ts';

/** What the thread is started with. */
export interface ThreadInput {
  path: string;
  format: 'csv' | 'jsonl';
  kind: ImportKind | null;
  columns: Record<string, string>;
  /** So many rows are wanted; all when left out. */
  rows?: number;
}

export type ThreadMessage =
  | { type: 'made'; path: string; isUtc: boolean }
  | { type: 'refused'; code: ErrorCode; message: string; hint: string }
  | { type: 'failed'; message: string; stack: string | undefined };

async function run({ path, format, kind, columns, rows }: ThreadInput): Promise<ThreadMessage> {
  try {
    return { type: 'made', ...(await toWorkbook(path, format, kind, columns, rows)) };
  } catch (error) {
    const { message, stack } = error as Error;
    return error instanceof QhError ? { type: 'refused', code: error.code, message, hint: error.hint } : { type: 'failed', message, stack };
  }
}

parentPort?.postMessage(await run(workerData as ThreadInput));
