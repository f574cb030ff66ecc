create or replace function api.digests()
returns table (period_start timestamptz, period_end timestamptz, made_at timestamptz, content jsonb)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select d.period_start, d.period_end, d.made_at, d.content from quality.digests d
$$;
comment on function api.digests() is 'The weeks in short: errors, broken rules, slow statements, trends.';
