create or replace function api.digests()
returns table (period_start timestamptz, period_end timestamptz, made_at timestamptz, content jsonb)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  -- Weeks that were written before literals were hidden hold some.
  select d.period_start, d.period_end, d.made_at,
    d.content || jsonb_build_object('slow_statements', (
      select coalesce(jsonb_agg(e.told || jsonb_build_object('query', quality.without_literals(e.told ->> 'query')) order by e.ordinal), '[]')
      from jsonb_array_elements(d.content -> 'slow_statements') with ordinality as e (told, ordinal)))
  from quality.digests d
$$;
comment on function api.digests() is 'The weeks in short: errors, broken rules, slow statements, trends.';
