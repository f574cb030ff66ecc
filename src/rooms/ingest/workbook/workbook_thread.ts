import { parentPort, workerData } from 'node:worker_threads';
import type { ReadOptions, WorkbookEvent } from './events.ts';
import { readWorkbook } from './read_workbook.ts';
import { WorkbookRefused } from './refused.ts';

/** What the thread is started with. */
export interface ThreadInput {
  path: string;
  options: Omit<ReadOptions, 'signal'>;
  /** Buffers of rows that may be on their way at once. */
  credit: number;
}

export type ThreadMessage =
  | { type: 'event'; event: WorkbookEvent }
  | { type: 'end' }
  | { type: 'refused'; code: WorkbookRefused['code']; message: string; hint: string }
  | { type: 'failed'; message: string; stack: string | undefined };

async function run({ path, options, credit }: ThreadInput, send: (message: ThreadMessage, transfer?: ArrayBuffer[]) => void): Promise<void> {
  let left = credit;
  let wake: (() => void) | null = null;
  // Each message from the other side gives one credit back.
  parentPort?.on('message', () => {
    left++;
    wake?.();
  });
  for await (const event of readWorkbook(path, options)) {
    if (event.type !== 'rows') {
      send({ type: 'event', event });
      continue;
    }
    if (left === 0) await new Promise<void>((resolve) => (wake = resolve));
    wake = null;
    left--;
    send({ type: 'event', event }, [event.copy.buffer as ArrayBuffer]);
  }
  send({ type: 'end' });
}

if (parentPort) {
  const port = parentPort;
  try {
    await run(workerData as ThreadInput, (message, transfer) => port.postMessage(message, transfer));
  } catch (error) {
    const { message, stack } = error as Error;
    const refusal: ThreadMessage =
      error instanceof WorkbookRefused ? { type: 'refused', code: error.code, message, hint: error.hint } : { type: 'failed', message, stack };
    port.postMessage(refusal);
  }
  port.close();
}
