import type { Rule } from '../rules/rules.ts';

const state = `(select s.value from platform.settings s where s.name = 'backup.state')`;

/** What should hold of backups; health shows them. */
export const backupRules: readonly Rule[] = [
  {
    name: 'backup.verified_age',
    says: 'The newest backup that was restored for a check and compared is young.',
    // An installation that never had one is as old as its first table. Where the schedule is off and none was verified, others may take care.
    measure: `
      select
        case when b.off and b.moment is null then null
          else round(extract(epoch from platform.now() - coalesce(b.moment, (select min(m.applied_at) from platform.schema_migrations m))) / 3600, 1) end as value,
        case when b.moment is not null then 'the newest verified backup is of ' || to_char(b.moment at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
          when b.off then 'Scheduled backups are off and none was verified; whether the database is backed up otherwise cannot be known here.'
          else 'hours since this installation was made; no backup was verified yet' end as evidence
      from (select (${state} -> 'last_verified' ->> 'created_at')::timestamptz as moment, coalesce((${state} ->> 'scheduled')::boolean, true) = false as off) b`,
    warning: 50,
    critical: 24 * 8,
    worse: 'above',
    unit: 'hours',
    advice: 'Make a backup and verify it; if the nightly one should have, the server log says why it did not.',
    fix: 'qh backup create && qh backup verify latest',
  },
  {
    name: 'backup.scheduled',
    says: 'The last scheduled backup was made and verified.',
    measure: `
      select case when ${state} ->> 'scheduled' = 'true' then case when ${state} -> 'problem' ->> 'text' is null then 0 else 1 end end as value,
        coalesce(${state} -> 'problem' ->> 'text',
          case ${state} ->> 'scheduled' when 'true' then 'without a problem' when 'false' then 'Scheduled backups are off.' else 'The schedule has not run yet.' end) as evidence`,
    warning: 1,
    critical: 2,
    worse: 'above',
    unit: 'problems',
    advice: 'Read the evidence: make room on the disk, name another folder in the setting `backup`, or correct what it says; then make one now.',
    fix: 'qh backup create && qh backup verify latest',
  },
];
