create or replace function api.mv_status()
returns table (views jsonb, row_counts jsonb, checked_at timestamptz)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('schema', 'api', 'name', s.view_name, 'has_indexes', s.has_indexes, 'is_populated', s.is_populated,
      'definition', left(pg_get_viewdef(coalesce(to_regclass('api.' || s.view_name), s.relation)), 200), 'row_count', coalesce(s.row_count, 0),
      'size_bytes', s.size_bytes, 'last_refresh', s.last_refresh, 'last_duration_ms', s.duration_ms, 'last_changed_count', s.changed_count,
      'last_error', s.last_error, 'reads_count', s.reads_count, 'comment', obj_description(coalesce(to_regclass('api.' || s.view_name), s.relation), 'pg_class'))
      order by s.view_name), '[]'),
    coalesce(jsonb_object_agg(s.view_name, coalesce(s.row_count, 0)), '{}'), platform.now()
  from marketplace.view_states s
$$;
comment on function api.mv_status() is 'Every view of key figures: where it is, whether it has data, its rows as of the last refresh, that refresh, and how often people read it in the last 30 days.';
