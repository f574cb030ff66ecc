create or replace function statistics.due_months()
returns table (month date)
language sql stable parallel safe
as $$
  select distinct p.month
  from statistics.retention_state() s
  cross join lateral statistics.retention_plan(s.keep_months) p
  where s.keep_months is not null and s.effective_on <= (platform.now() at time zone 'UTC')::date
  order by p.month
$$;
comment on function statistics.due_months() is 'The months that the policy lets go of today, oldest first.';
