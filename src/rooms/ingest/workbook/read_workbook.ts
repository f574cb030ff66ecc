import type { ReadOptions, WorkbookEvent } from './events.ts';

/** Reads a workbook as a stream of events; throws WorkbookRefused when the file cannot be imported at all. */
export async function* readWorkbook(path: string, options: ReadOptions): AsyncGenerator<WorkbookEvent> {
  throw new Error(`not readable yet: ${path} ${options.kinds.length}`);
}
