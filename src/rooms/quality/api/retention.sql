create or replace function api.retention()
returns table (
  keep_months int, effective_on date, announced_at timestamptz, announced_by text, reason text, kept_since date, months_due int, notice_days int
)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.keep_months, s.effective_on, s.announced_at, s.announced_by, s.reason, s.kept_since, s.due,
    coalesce((select (p.value #>> '{}')::int from platform.settings p where p.name = 'statistics.retention_notice_days'), 7)
  from statistics.retention_state() s
$$;
comment on function api.retention() is 'For how many whole months detail is kept (null: for good), from which day on the rest goes, and how many months that is now.';
