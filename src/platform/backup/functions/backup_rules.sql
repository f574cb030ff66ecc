create or replace function platform.backup_rules()
returns table (rule text, category text, says text, measure text, warning numeric, critical numeric, worse text, unit text, advice text, fix text)
language sql
immutable
parallel safe
as $$
  values
    ('backup.verified_age', 'backup', 'The newest backup that was restored for a check and compared is young.',
      -- An installation that never had one is as old as its first table. Where the schedule is off and none was verified, others may take care.
      $m$
        select
          case when b.off and b.moment is null then null
            else round(extract(epoch from platform.now() - coalesce(b.moment, (select min(m.applied_at) from platform.schema_migrations m))) / 3600, 1) end as value,
          case when b.moment is not null then 'the newest verified backup is of ' || to_char(b.moment at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
            when b.off then 'Scheduled backups are off and none was verified; whether the database is backed up otherwise cannot be known here.'
            else 'hours since this installation was made; no backup was verified yet' end as evidence
        from (
          select (s.value -> 'last_verified' ->> 'created_at')::timestamptz as moment, coalesce((s.value ->> 'scheduled')::boolean, true) = false as off
          from (select (select t.value from platform.settings t where t.name = 'backup.state') as value) s
        ) b
      $m$,
      50::numeric, 192::numeric, 'above', 'hours',
      'Make a backup and verify it; if the nightly one should have, the server log says why it did not.',
      'qh backup create && qh backup verify latest'),
    ('backup.scheduled', 'backup', 'The last scheduled backup was made and verified.',
      $m$
        select case when s.value ->> 'scheduled' = 'true' then case when s.value -> 'problem' ->> 'text' is null then 0 else 1 end end as value,
          coalesce(s.value -> 'problem' ->> 'text',
            case s.value ->> 'scheduled' when 'true' then 'without a problem' when 'false' then 'Scheduled backups are off.' else 'The schedule has not run yet.' end) as evidence
        from (select (select t.value from platform.settings t where t.name = 'backup.state') as value) s
      $m$,
      1, 2, 'above', 'problems',
      'Read the evidence: make room on the disk, name another folder in the setting `backup`, or correct what it says; then make one now.',
      'qh backup create && qh backup verify latest')
$$;
comment on function platform.backup_rules() is 'What should hold of backups; health shows it.';
