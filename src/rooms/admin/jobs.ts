import { Audit } from '../../platform/audit/audit.ts';
import { appendAudit } from '../../platform/audit/append.ts';
import { auditFile } from '../../platform/audit/file.ts';
import { secretKeyOf } from '../../platform/backup/keys.ts';
import { defineJob, type JobDefinition } from '../../platform/jobs/jobs.ts';
import { noteErasure } from '../../platform/personal/erasure_list.ts';
import type { EraseTraces } from '../../platform/personal/erased.ts';
import type { PersonalColumn } from '../../platform/personal/registry.ts';
import { deleteExpired, readRetention } from '../../platform/personal/retention.ts';
import { erase } from './erase.ts';

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
      run: async (_data, { db, config, jobs, doer }) => {
        const rules = await readRetention(db);
        await db.transaction(async (tx) => {
          const deleted = await deleteExpired(tx, rules);
          if (Object.values(deleted).some((count) => count > 0)) await appendAudit(tx, doer, { operation: 'admin.retention', after: { deleted } });
        });
        if (rules.former_employees === null) return;
        const former = await db.query<{ employee_id: number; user_id: string | null }>(
          `select e.employee_id, e.user_id from org.employee_rows e
           where e.leave_date < (platform.now() - make_interval(days => $1))::date and e.last_name <> 'erased'`,
          [rules.former_employees],
        );
        // One transaction each, so that one who cannot be erased keeps nobody else.
        for (const { employee_id: employeeId, user_id: userId } of former) {
          const certificate = await db.transaction(async (tx) => {
            const made = await erase(tx, { columns, eraseTraces, config, jobs }, { employeeId, userId, reason: 'retention' });
            await appendAudit(tx, doer, { operation: 'admin.erase_person', object: `employee_id=${employeeId}`, after: made });
            return made;
          });
          await noteErasure(config, certificate);
        }
      },
    }),
  ];
}
