create or replace function api.get_mv_stats()
returns table (
  view_name text,
  row_count bigint,
  size_bytes bigint,
  last_refresh timestamptz,
  is_populated boolean,
  last_duration_ms numeric,
  last_changed_count bigint,
  last_error text,
  reads_count bigint
)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.view_name, coalesce(s.row_count, 0), s.size_bytes, s.last_refresh, s.is_populated, s.duration_ms, s.changed_count, s.last_error, s.reads_count
  from marketplace.view_states s
  order by s.view_name
$$;
comment on function api.get_mv_stats() is
  'Each view of key figures: rows as of its last refresh, bytes, when that was, how long it took, what it changed, the error since, and how often people read it in the last 30 days.';
