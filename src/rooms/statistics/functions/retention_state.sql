create or replace function statistics.retention_state()
returns table (keep_months int, effective_on date, announced_at timestamptz, announced_by text, reason text, due int, kept_since date)
language sql stable parallel safe
as $$
  select p.keep_months, p.effective_on, p.announced_at, p.announced_by, p.reason,
    (select count(distinct r.month)::int from statistics.retention_plan(p.keep_months) r where p.keep_months is not null),
    (select (max(d.month) + interval '1 month')::date from statistics.dropped_months d)
  from (select) o
  left join lateral (select r.* from statistics.retention_policies r order by r.announced_at desc limit 1) p on true
$$;
comment on function statistics.retention_state() is 'The policy as announced last (nulls: none), how many months it lets go of now, and since when detail is kept whole.';
