import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadOptions, WorkbookEvent } from './events.ts';
import { WorkbookRefused } from './refused.ts';
import type { ThreadInput, ThreadMessage } from './workbook_thread.ts';

/** Buffers of rows, about 256 KiB each, that may wait to be taken. */
const buffersInFlight = 8;

/** The same events as `readWorkbook`, parsed in a thread of its own so that the server goes on answering. */
export async function* readWorkbookInThread(path: string, options: ReadOptions): AsyncGenerator<WorkbookEvent> {
  const { signal, ...plain } = options;
  signal?.throwIfAborted();
  const workerData: ThreadInput = { path, options: plain, credit: buffersInFlight };
  const worker = new Worker(new URL(`./workbook_thread${extname(import.meta.url)}`, import.meta.url), {
    workerData,
    name: 'workbook',
    // Parsing makes little garbage but many buffers: a small young generation frees them sooner (50 MB less at a million rows).
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 },
  });
  const queue: ThreadMessage[] = [];
  let wake: (() => void) | null = null;
  const put = (message: ThreadMessage) => {
    queue.push(message);
    wake?.();
  };
  const onAbort = () => wake?.();
  worker.on('message', put);
  worker.on('error', (error) => put({ type: 'failed', message: error.message, stack: error.stack }));
  worker.on('exit', (code) => put({ type: 'failed', message: `the thread that reads the workbook ended with code ${code}`, stack: undefined }));
  signal?.addEventListener('abort', onAbort);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const message = queue.shift();
      if (!message) {
        await new Promise<void>((resolve) => (wake = resolve));
        wake = null;
        continue;
      }
      if (message.type === 'end') return;
      if (message.type === 'refused') throw new WorkbookRefused(message.code, message.message, message.hint);
      if (message.type === 'failed') throw Object.assign(new Error(message.message), { stack: message.stack });
      const { event } = message;
      if (event.type === 'rows') {
        // A Buffer crosses as a plain Uint8Array.
        const { buffer, byteOffset, byteLength } = event.copy;
        yield { ...event, copy: Buffer.from(buffer, byteOffset, byteLength) };
        worker.postMessage('taken');
      } else yield event;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    worker.removeAllListeners();
    worker.on('error', () => {});
    await worker.terminate();
  }
}
