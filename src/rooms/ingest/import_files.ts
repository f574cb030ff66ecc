import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Doer } from '../../platform/audit/append.ts';
import type { UploadedFile } from '../../platform/contract/implement.ts';
import { QhError } from '../../platform/errors.ts';
import type { OutputOf } from '../../platform/contract/operation.ts';
import { addBatch } from './add_batch.ts';
import type { batch } from './contract.ts';
import { importBatch } from './import_batch.ts';
import type { ImportOptions, ImportServices } from './import_services.ts';
import type { ImportProgress } from './progress.ts';

/** A batch in the words of the operation `ingest.batch`. */
export type BatchRecord = OutputOf<typeof batch>;

export interface FileImport extends ImportServices {
  /** Receives a file of this machine beside the uploads. */
  receive: (file: string, dataDir: string) => Promise<UploadedFile>;
  createdBy: string;
  askedBy?: Pick<Doer, 'kind' | 'id'>;
  isDemo?: boolean;
}

/** Imports files, and all workbooks of folders, one after another; each file has its batch, also the one that is refused. */
export async function importFiles(
  paths: readonly string[],
  options: ImportOptions,
  services: FileImport,
  onProgress: (file: string, progress: ImportProgress) => void = () => {},
): Promise<BatchRecord[]> {
  const files = (await Promise.all(paths.map(workbooksIn))).flat();
  if (files.length === 0)
    throw new QhError('not_found', `There is no workbook in ${paths.join(', ')}.`, { hint: 'Workbooks end in .xlsx, or .csv.' });
  const records: BatchRecord[] = [];
  for (const file of files) {
    services.signal?.throwIfAborted();
    records.push(await importFile(file, options, services, (progress) => onProgress(file, progress)));
  }
  return records;
}

export async function importFile(
  file: string,
  options: ImportOptions,
  services: FileImport,
  hear?: (progress: ImportProgress) => void,
): Promise<BatchRecord> {
  const { db, dataDir, createdBy, askedBy, isDemo, kinds } = services;
  const received = await services.receive(file, dataDir);
  const batchId = await db.transaction((tx) => addBatch(tx, received, options, { createdBy, askedBy, dataDir, isDemo, kinds }));
  await importBatch(batchId, services, hear);
  return batchRecord(services, batchId);
}

export async function batchRecord({ db }: Pick<ImportServices, 'db'>, batchId: string): Promise<BatchRecord> {
  const [row] = await db.query<{ record: BatchRecord }>('select to_json(b) as record from api.batch($1) b', [batchId]);
  return row!.record;
}

/** 0 done, 1 a file failed, 3 done with rejected rows. */
export function exitCodeOfImports(records: readonly BatchRecord[]): 0 | 1 | 3 {
  if (records.some((record) => record.status === 'failed')) return 1;
  return records.some((record) => record.rows_rejected > 0) ? 3 : 0;
}

async function workbooksIn(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => null);
  if (found === null) throw new QhError('not_found', `There is no file ${place}.`, { hint: 'Check the path; quote names with spaces.' });
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isWorkbookName(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

/** Also the kinds that are refused, so that somebody hears of it; not the lock files that Excel leaves beside an open workbook. */
export const isWorkbookName = (name: string): boolean => /\.(xlsx|xlsm|xls|csv)$/i.test(name) && !name.startsWith('~$') && !name.startsWith('.');
