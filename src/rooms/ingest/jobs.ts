import { appendAudit } from '../../platform/audit/append.ts';
import { defineJob, type JobContext, type JobDefinition } from '../../platform/jobs/jobs.ts';
import { localFile } from '../../platform/http/local_file.ts';
import { erasureKeyOf } from '../../platform/personal/erased.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { clearUploads } from './clear_uploads.ts';
import { importBatch } from './import_batch.ts';
import type { ImportServices } from './import_services.ts';
import { readInbox } from './inbox.ts';

/** The jobs of the import, for the kinds of file that app hands over. */
export function ingestJobs(kinds: readonly ImportKind[]): JobDefinition[] {
  const servicesOf = ({ db, log, config, signal, doer }: JobContext): ImportServices => ({
    ...{ db, log, kinds, dataDir: config.dataDir, signal, doer },
    erasureKey: erasureKeyOf(config),
  });
  return [
    defineJob<{ batch_id: string }>({
      name: 'ingest.import_batch',
      summary: 'Imports an uploaded file.',
      pollSeconds: 0.5,
      run: ({ batch_id: batchId }, context) => importBatch(batchId, servicesOf(context)),
    }),
    defineJob({
      name: 'ingest.take_up',
      summary: 'Takes up imports whose process died.',
      schedule: { cron: '* * * * *', timeZone: 'UTC' },
      single: true,
      run: (_data, context) => takeUp(servicesOf(context)),
    }),
    defineJob({
      name: 'ingest.read_inbox',
      summary: 'Imports the workbooks in the watched folder.',
      schedule: { cron: '* * * * *', timeZone: 'UTC' },
      single: true,
      run: async (_data, context) => {
        const results = await readInbox(context.config.excelDir, { ...servicesOf(context), receive: localFile, createdBy: 'inbox' });
        for (const { file, went } of results) context.log.info({ file, went }, 'inbox');
      },
    }),
    defineJob({
      name: 'ingest.clear_uploads',
      summary: 'Deletes uploaded files that were kept long enough.',
      schedule: { cron: '40 2 * * *', timeZone: 'UTC' },
      single: true,
      run: async (_data, { db, config, doer }) => {
        const files = await clearUploads({ db, dataDir: config.dataDir });
        if (files > 0) await db.transaction((tx) => appendAudit(tx, doer, { operation: 'ingest.clear_uploads', after: { files } }));
      },
    }),
  ];
}

/** Imports every batch that waits or runs without a worker. */
export async function takeUp(services: ImportServices): Promise<void> {
  const orphans = await services.db.query<{ batch_id: string }>('select o.batch_id from ingest.orphaned_batches() o (batch_id)');
  for (const { batch_id: batchId } of orphans) await importBatch(batchId, services);
}
