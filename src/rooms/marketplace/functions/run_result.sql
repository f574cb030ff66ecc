create or replace function marketplace.run_result(p_run_id bigint)
returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('success', r.status = 'SUCCESS', 'total_views', count(l.view_name),
    'successful_refreshes', count(*) filter (where l.status = 'SUCCESS'), 'total_duration_ms', coalesce(sum(l.duration_ms), 0),
    'refreshed_at', r.finished_at,
    'details', coalesce(jsonb_agg(jsonb_build_object('view_name', l.view_name, 'status', l.status, 'duration_ms', l.duration_ms,
      'error_message', l.error_message, 'row_count', l.row_count, 'changed_count', l.changed_count, 'is_incremental', l.is_incremental)
      order by l.view_name) filter (where l.view_name is not null), '[]'),
    'error', r.error_message, 'run_id', r.run_id, 'cause', r.cause, 'job_start_time', r.started_at, 'job_end_time', r.finished_at,
    'job_duration_seconds', round(coalesce(sum(l.duration_ms), 0) / 1000, 3))
  from marketplace.refresh_runs r
  left join marketplace.refresh_log l on l.run_id = r.run_id
  where r.run_id = p_run_id
  group by r.run_id
$$;
comment on function marketplace.run_result(bigint) is 'What a refresh came to, in the words of the seed''s routes.';
