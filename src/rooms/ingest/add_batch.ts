import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Doer } from '../../platform/audit/append.ts';
import type { UploadedFile } from '../../platform/contract/implement.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { isCsv, kindOfCsv } from '../../platform/imports/to_workbook.ts';
import { kindOf } from './kinds.ts';
import type { ImportOptions } from './import_services.ts';
import { uploadPath } from './uploads.ts';
import { readWorkbook } from './workbook/read_workbook.ts';
import { WorkbookRefused } from './workbook/refused.ts';
import { workbookName } from './workbook/workbook_name.ts';

/** The service that a file belongs to: the one asked for, else the project in its name; null where the kind has none. */
async function serviceCodeOf(file: UploadedFile, options: ImportOptions, kinds: readonly ImportKind[]): Promise<string | null> {
  const asked = options.layout === undefined || kinds.length === 0 ? undefined : kindOf(kinds, options.layout);
  if (asked !== undefined && asked.periodFormat === undefined) return null;
  const code = options.service ?? workbookName(file.filename).project;
  if (code !== null && code !== undefined) return code;
  // Only a look into the file tells whether it needs one.
  const kind = asked ?? (await kindOfFile(file, kinds));
  if (kind !== null && kind.periodFormat === undefined) return null;
  throw new QhError('bad_request', `service: is required, because the name “${file.filename}” does not tell a project`, {
    errors: [
      { path: 'service', rule: 'is required', value: null, hint: 'Give the service code, or name the file like ОтчетВходящиеПроекты-ВТМ-15м.xlsx.' },
    ],
  });
}

/** The kind of a file by its header; null when it has none that is known. */
async function kindOfFile({ path: place, filename }: UploadedFile, kinds: readonly ImportKind[]): Promise<ImportKind | null> {
  if (await isCsv(place, filename)) return kindOfCsv(place, kinds);
  try {
    for await (const event of readWorkbook(place, { kinds, previewRows: 1 })) {
      if (event.type === 'sheet') return kinds.find(({ name }) => name === event.kind) ?? null;
    }
  } catch (error) {
    if (!(error instanceof WorkbookRefused)) throw error;
  }
  return null;
}

/** Adds a batch for a received file, which moves to its place for good before the transaction commits. */
export async function addBatch(
  tx: Tx,
  file: UploadedFile,
  options: ImportOptions,
  about: {
    createdBy: string;
    askedBy?: Pick<Doer, 'kind' | 'id'>;
    dataDir: string;
    isDemo?: boolean;
    isNarrowed?: boolean;
    kinds?: readonly ImportKind[];
    layouts?: readonly string[];
  },
): Promise<string> {
  const batchId = randomUUID();
  const { layout, interval_type, time_zone, mode, replace, dry_run } = options;
  if (time_zone !== undefined) await tx.query('select org.time_zone($1)', [time_zone]);
  const serviceCode = await serviceCodeOf(file, options, about.kinds ?? []);
  // Who is narrowed makes no services: one that is not theirs is not there.
  if (about.isNarrowed === true && serviceCode !== null) await tx.query('select org.find_service($1)', [serviceCode]);
  const batch = {
    batch_id: batchId,
    filename: file.filename.normalize('NFC').slice(0, 255),
    sha256: file.sha256,
    file_bytes: file.bytes,
    service_code: serviceCode,
    options: { layout, interval_type, time_zone, columns: options.columns, layouts: about.layouts },
    mode,
    replace,
    dry_run,
    is_demo: about.isDemo,
    created_by: about.createdBy,
    ...(about.askedBy === undefined ? {} : { asked_by: { kind: about.askedBy.kind, id: about.askedBy.id } }),
  };
  await tx.query('select ingest.add_batch($1)', [JSON.stringify(batch)]);
  const target = uploadPath(about.dataDir, batchId);
  await rename(file.path, target);
  // The name must be on the disk before the row that refers to it.
  const folder = await open(path.dirname(target), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return batchId;
}
