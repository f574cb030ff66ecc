import { Audit } from '../../platform/audit/audit.ts';
import { appendAudit } from '../../platform/audit/append.ts';
import { auditFile } from '../../platform/audit/file.ts';
import { secretKeyOf } from '../../platform/backup/keys.ts';
import { defineJob, type JobContext, type JobDefinition } from '../../platform/jobs/jobs.ts';
import { noteErasure } from '../../platform/personal/erasure_list.ts';
import type { EraseTraces } from '../../platform/personal/erased.ts';
import type { PersonalColumn } from '../../platform/personal/registry.ts';
import { deleteExpired, readRetention } from '../../platform/personal/retention.ts';
import { erase } from './erase.ts';

/** Erases who left longer ago than the rules say; gives what kept some from it. */
async function eraseFormer(days: number, columns: readonly PersonalColumn[], eraseTraces: EraseTraces, context: JobContext): Promise<unknown[]> {
  const { db, config, jobs, doer } = context;
  const former = await db.query<{ employee_id: number; user_id: string | null }>(
    `select e.employee_id, e.user_id from org.employee_rows e
     where e.leave_date < (platform.now() - make_interval(days => $1))::date and e.last_name <> 'erased'
     order by e.employee_id`,
    [days],
  );
  const failures: unknown[] = [];
  // One transaction each, so that one who cannot be erased keeps nobody else.
  for (const { employee_id: employeeId, user_id: userId } of former) {
    try {
      const certificate = await db.transaction(async (tx) => {
        const made = await erase(tx, { columns, eraseTraces, config, jobs }, { employeeId, userId, reason: 'retention' });
        await appendAudit(tx, doer, { operation: 'admin.erase_person', object: `employee_id=${employeeId}`, after: made });
        return made;
      });
      await noteErasure(config, certificate);
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

export function adminJobs(columns: readonly PersonalColumn[], eraseTraces: EraseTraces): JobDefinition[] {
  return [
    defineJob({
      name: 'admin.seal_audit',
      summary: 'Seals the head of the audit, so that a chain that was computed anew is found.',
      schedule: { cron: '7 * * * *', timeZone: 'UTC' },
      single: true,
      run: async (_data, { db, config }) => {
        await new Audit(db, secretKeyOf(config), auditFile(config)).checkpoint();
      },
    }),
    defineJob({
      name: 'admin.retention',
      summary: 'Deletes and erases what is personal and older than the rules say.',
      schedule: { cron: '40 2 * * *', timeZone: 'UTC' },
      single: true,
      run: async (_data, context) => {
        const { db, doer } = context;
        const rules = await readRetention(db);
        await db.transaction(async (tx) => {
          const deleted = await deleteExpired(tx, rules);
          if (Object.values(deleted).some((count) => count > 0)) await appendAudit(tx, doer, { operation: 'admin.retention', after: { deleted } });
        });
        if (rules.former_employees === null) return;
        const failures = await eraseFormer(rules.former_employees, columns, eraseTraces, context);
        if (failures.length > 0)
          throw new AggregateError(failures, `${failures.length} former employees could not be erased: ${String(failures[0])}`);
      },
    }),
  ];
}
