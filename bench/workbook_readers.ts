import type { WorkbookEvent } from '../src/rooms/ingest/workbook/events.ts';
import { readWorkbookInThread } from '../src/rooms/ingest/workbook/read_in_thread.ts';
import { readWorkbook } from '../src/rooms/ingest/workbook/read_workbook.ts';
import { importKinds } from '../src/rooms/statistics/imports.ts';

async function count(events: AsyncIterable<WorkbookEvent>): Promise<number> {
  let rows = 0;
  for await (const event of events) if (event.type === 'rows') rows += event.rows;
  return rows;
}

/** Reads a report to its end in this thread. */
export function readPlain(path: string): Promise<number> {
  return count(readWorkbook(path, { kinds: importKinds }));
}

/** Reads a report to its end in a thread of its own. */
export function readInThread(path: string): Promise<number> {
  return count(readWorkbookInThread(path, { kinds: importKinds }));
}
