import { openPackage } from './package.ts';
import type { ReadOptions, WorkbookEvent } from './events.ts';
import { refuseWithoutHeader, type SearchedSheet } from './headers.ts';
import { type Reading, readSheet } from './read_sheet.ts';
import { readSharedStrings } from './shared_strings.ts';

/** Reads a workbook as a stream of events; throws WorkbookRefused when the file cannot be imported at all. */
export async function* readWorkbook(path: string, options: ReadOptions): AsyncGenerator<WorkbookEvent> {
  const asked = options.kind === undefined ? options.kinds : options.kinds.filter((kind) => kind.name === options.kind);
  if (asked.length === 0) throw new RangeError(`no such kind of file: ${options.kind ?? '(none)'}`);
  options.signal?.throwIfAborted();
  const pack = await openPackage(path);
  try {
    const reading: Reading = {
      pack,
      shared: await readSharedStrings(pack.container, pack.sharedStrings, options.signal),
      kinds: asked,
      signal: options.signal,
      previewRows: options.previewRows ?? Number.POSITIVE_INFINITY,
      bytesDone: 0,
      bytesTotal: pack.sheets.reduce((sum, sheet) => sum + pack.container.compressedSize(sheet.part), 0),
      bytesStaged: 0,
    };
    const searched: SearchedSheet[] = [];
    let recognised = false;
    for (const [index, sheet] of pack.sheets.entries()) {
      const result = yield* readSheet(reading, index + 1, sheet.name, sheet.part);
      if (result.kind) {
        // The first sheet decides: a file is of one kind.
        reading.kinds = [result.kind];
        recognised = true;
      } else searched.push(result.searched);
    }
    if (!recognised) throw refuseWithoutHeader(asked, options.kinds, searched);
    for (const sheet of searched) {
      if (sheet.rows.length === 0) continue;
      yield {
        type: 'warning',
        code: 'sheet_ignored',
        message: `The sheet “${sheet.name}” has rows but no header of a report: it is not read.`,
        sheet: sheet.number,
      };
    }
  } finally {
    pack.container.close();
  }
}
