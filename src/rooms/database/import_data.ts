import { rm } from 'node:fs/promises';
import { implement, type Context, type UploadedFile } from '../../platform/contract/implement.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { toWorkbookInThread } from '../../platform/imports/to_workbook_in_thread.ts';
import { bulkImport } from './contract.ts';
import { findMapping, kindOf } from './mappings.ts';

/** What the import pipeline takes; handed over by app, since no room calls another. */
export interface ImportOrder {
  kind: ImportKind;
  service?: string;
  interval_type?: '15m' | '30m' | '1h';
  time_zone?: string;
  mode?: 'partial' | 'all_or_nothing';
  replace?: boolean;
  dry_run?: boolean;
  /** Header of the file → canonical column. */
  columns?: Record<string, string>;
}
export type AddImport = (tx: Tx, file: UploadedFile, order: ImportOrder, context: Context) => Promise<string>;

/** Takes a file of rows in: CSV and JSON Lines become a workbook, and from there on there is one pipeline for all. */
export const bulkImportVerb = (kinds: readonly ImportKind[], addImport: AddImport) =>
  implement(bulkImport, async ({ kind: kindName, mapping: mappingName, format: asked, ...options }, context) => {
    const kind = kindOf(kinds, kindName, context.principal);
    const columns = mappingName === undefined ? {} : await findMapping(mappingName, kind, context.db);
    const file = context.file!;
    const format = asked ?? formatOf(file.filename);
    const made =
      format === 'xlsx' ? { path: file.path, isUtc: false } : await toWorkbookInThread({ path: file.path, format, kind, columns }, context.signal);
    const { isUtc } = made;
    const workbook = { ...file, path: made.path };
    const time_zone = options.time_zone ?? (isUtc ? 'UTC' : undefined);
    try {
      const order: ImportOrder = { ...options, kind, columns, ...(time_zone === undefined ? {} : { time_zone }) };
      return await context.effect(async (tx) => answer(await addImport(tx, workbook, order, context)));
    } finally {
      if (workbook.path !== file.path) await rm(workbook.path, { force: true });
    }

    function answer(importId: string) {
      return {
        import_id: importId,
        status: 'queued',
        message: 'The rows are being checked; ingest.batch tells how far it is, ingest.batch_errors what was wrong.',
        validation_status: 'pending',
        configuration: { kind: kindName, format, mapping: mappingName ?? null, ...options, time_zone: time_zone ?? null },
      };
    }
  });

function formatOf(filename: string): 'csv' | 'jsonl' | 'xlsx' {
  const end = /\.(csv|tsv|txt|jsonl|ndjson|xlsx)$/i.exec(filename)?.[1]?.toLowerCase();
  if (end === undefined)
    throw new QhError('bad_request', `format: the name “${filename}” does not tell it`, { hint: 'Give format: csv, jsonl or xlsx.' });
  return end === 'xlsx' ? 'xlsx' : end === 'jsonl' || end === 'ndjson' ? 'jsonl' : 'csv';
}
