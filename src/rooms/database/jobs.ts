import type { AnyOperation } from '../../platform/contract/operation.ts';
import { defineJob, type JobDefinition } from '../../platform/jobs/jobs.ts';
import { clearExports } from './exports.ts';
import { writeExport } from './write_export.ts';

/** The jobs of this room; `operations` are those whose lists can be exported. */
export function databaseJobs(operations: readonly AnyOperation[]): JobDefinition[] {
  return [
    defineJob<{ export_id: string }>({
      name: 'database.export',
      summary: 'Writes the file of an export.',
      pollSeconds: 0.5,
      run: ({ export_id: exportId }, context) => writeExport(exportId, operations, context),
    }),
    defineJob({
      name: 'database.clear_exports',
      summary: 'Deletes the files of exports that expired.',
      schedule: { cron: '25 * * * *', timeZone: 'UTC' },
      single: true,
      run: async (_data, { db, config }) => {
        await clearExports(db, config.dataDir);
      },
    }),
  ];
}
