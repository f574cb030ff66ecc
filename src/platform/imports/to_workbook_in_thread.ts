import { rm, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { QhError } from '../errors.ts';
import { toWorkbook, workbookBeside } from './to_workbook.ts';
import type { ThreadInput, ThreadMessage } from './to_workbook_thread.ts';

/** A smaller file is made into a workbook sooner than a thread has started. */
const worthAThread = 2 ** 20;
/** So few are too, however long the file is that they begin. */
const fewRows = 1000;

/**
 * The same workbook as `toWorkbook` makes, made in a thread of its own: the server goes on answering while a million rows are read, and what
 * they leave behind is collected within narrow bounds (100 MiB less at the peak than beside everything that a server holds anyway).
 */
export async function toWorkbookInThread(input: ThreadInput, signal?: AbortSignal): Promise<{ path: string; isUtc: boolean }> {
  signal?.throwIfAborted();
  const isShort = (input.rows ?? Infinity) <= fewRows || (await stat(input.path)).size < worthAThread;
  if (isShort) return toWorkbook(input.path, input.format, input.kind, input.columns, input.rows);
  const worker = new Worker(new URL(`./to_workbook_thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: input,
    name: 'rows to workbook',
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
  });
  let onAbort = () => {};
  let isMade = false;
  try {
    const message = await new Promise<ThreadMessage>((resolve, reject) => {
      onAbort = () => reject(signal!.reason as Error);
      signal?.addEventListener('abort', onAbort);
      worker.on('message', resolve);
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the thread that reads the rows ended with code ${code}`)));
    });
    if (message.type === 'refused') throw new QhError(message.code, message.message, { hint: message.hint });
    if (message.type === 'failed') throw Object.assign(new Error(message.message), message.stack === undefined ? {} : { stack: message.stack });
    isMade = true;
    return { path: message.path, isUtc: message.isUtc };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
    if (!isMade) await rm(workbookBeside(input.path), { force: true });
  }
}
