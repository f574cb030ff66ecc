create or replace function api.set_retention(p_keep_months int default null, p_effective_on date default null, p_reason text default null)
returns table (
  keep_months int, effective_on date, announced_at timestamptz, announced_by text, reason text, kept_since date, months_due int, notice_days int
)
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform statistics.announce_retention(p_keep_months, p_effective_on, p_reason);
  return query select r.* from api.retention() r;
end
$$;
comment on function api.set_retention(int, date, text) is 'Announces for how many whole months detail is kept and from which day on older months go (null: after the notice); without months everything is kept.';
