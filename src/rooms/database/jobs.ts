import type { AnyOperation } from '../../platform/contract/operation.ts';
import { defineJob, type JobDefinition } from '../../platform/jobs/jobs.ts';
import { clearExports } from './exports.ts';
import { writeExport, type Asked } from './write_export.ts';

/** The jobs of this room; `operations` are those whose lists can be exported, `personalFields` what the audit must not hold. */
export function databaseJobs(operations: readonly AnyOperation[], personalFields: ReadonlySet<string>): JobDefinition[] {
  return [
    defineJob<Asked>({
      name: 'database.export',
      summary: 'Writes the file of an export.',
      pollSeconds: 0.5,
      run: (asked, context) => writeExport(asked, operations, personalFields, context),
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
