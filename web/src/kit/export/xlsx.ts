import { writeXlsx } from 'hucre/xlsx';
import type { Sheet } from './sheet.ts';

/** Numbers stay numbers, times are dates to Excel, the head is frozen and can be filtered. */
export async function toXlsx(sheet: Sheet): Promise<Blob> {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: sheet.name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31),
        rows: [sheet.headers, ...sheet.rows],
        columns: sheet.headers.map((header, index) => ({
          width: Math.min(40, Math.max(10, header.length + 2)),
          ...(sheet.rows.some((row) => row[index] instanceof Date) ? { numFmt: 'yyyy-mm-dd hh:mm', width: 17 } : {}),
        })),
        freezePane: { rows: 1 },
      },
    ],
  });
  return new Blob([bytes as BlobPart], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}
