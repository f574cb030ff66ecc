import type { Rule } from '../../platform/rules/rules.ts';

/** What should hold of the views of key figures; health shows them, and the scheduler logs an alert. */
export const rules: readonly Rule[] = [
  {
    name: 'marketplace.refresh_failed',
    says: 'The last refresh of the views of key figures went well.',
    measure: `select (r.status = 'ERROR')::int as value, coalesce(r.error_message, 'the last refresh went well') as evidence
      from marketplace.refresh_runs r where r.status <> 'RUNNING' order by r.run_id desc limit 1`,
    warning: 1,
    critical: 1,
    worse: 'above',
    unit: 'refreshes',
    advice: 'Views that failed keep what they had. Look at the log of refreshes, remove the cause, and refresh.',
    fix: 'qh marketplace refresh',
  },
  {
    name: 'marketplace.refresh_late',
    says: 'The daily refresh of the views of key figures is made soon after its time.',
    measure: `select case when s.scheduled_since > marketplace.due_at() then 0
        when exists (select from marketplace.refresh_runs r where r.status = 'SUCCESS' and r.finished_at >= marketplace.due_at()) then 0
        else extract(epoch from platform.now() - marketplace.due_at()) / 60 end as value,
        'the refresh was due at ' || marketplace.due_at() as evidence
      from marketplace.settings s`,
    warning: 15,
    critical: 240,
    worse: 'above',
    unit: 'minutes',
    advice: 'The scheduler did not make the refresh. See that the server runs, and refresh now.',
    fix: 'qh marketplace refresh',
  },
];
