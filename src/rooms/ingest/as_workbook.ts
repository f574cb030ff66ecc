import { rm } from 'node:fs/promises';
import type { UploadedFile } from '../../platform/contract/implement.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { isCsv, kindOfCsv } from '../../platform/imports/to_workbook.ts';
import { toWorkbookInThread } from '../../platform/imports/to_workbook_in_thread.ts';

/**
 * Works on the workbook that a file is, or that a CSV file becomes for that long. `isUtc`: the times of a CSV had offsets and are in UTC now.
 * `rows`: so many rows of a CSV are wanted; all when left out.
 */
export async function asWorkbook<T>(
  file: Pick<UploadedFile, 'path' | 'filename'>,
  kinds: readonly ImportKind[],
  layout: string | undefined,
  work: (path: string, isUtc: boolean) => Promise<T>,
  { signal, rows }: { signal?: AbortSignal; rows?: number } = {},
): Promise<T> {
  if (!(await isCsv(file.path, file.filename))) return work(file.path, false);
  const kind = layout === undefined ? await kindOfCsv(file.path, kinds) : kinds.find(({ name }) => name === layout);
  const made = await toWorkbookInThread({ path: file.path, format: 'csv', kind: kind ?? null, columns: {}, rows }, signal);
  try {
    return await work(made.path, made.isUtc);
  } finally {
    await rm(made.path, { force: true });
  }
}
