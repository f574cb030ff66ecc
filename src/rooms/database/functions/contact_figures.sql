create or replace function database.contact_figures(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_interval_minutes int,
  p_service_ids int[],
  p_group_ids int[],
  p_with_calculated boolean
)
returns table (bucket_start timestamptz, service_id int, group_id int, entry jsonb)
language sql stable parallel unsafe
as $$
  select f.bucket_start, f.service_id, f.group_id,
    jsonb_build_object(
      'service_id', f.service_id, 'service_name', s.service_name, 'service_code', s.service_code,
      'group_id', nullif(f.group_id, 0), 'group_name', q.group_name, 'group_code', q.group_code,
      'interval_start', f.bucket_start, 'interval_end', f.bucket_end,
      'metrics', jsonb_build_object(
        'contacts', jsonb_build_object(
          'not_unique_received', f.offered, 'not_unique_treated', f.handled, 'not_unique_missed', f.abandoned,
          'received_calls', f.unique_offered, 'treated_calls', null, 'miss_calls', null),
        'performance', jsonb_build_object(
          'aht', round(f.aht_seconds * 1000)::bigint,
          'talk_time', round(f.talk_avg_seconds * 1000)::bigint,
          'post_processing', round(f.wrap_avg_seconds * 1000)::bigint,
          'service_level', round(f.service_level_pct::numeric, 2),
          'abandonment_rate', round(f.abandonment_pct::numeric, 2),
          'occupancy_rate', round(f.occupancy_pct::numeric, 2))))
    || case
      when p_with_calculated then jsonb_build_object('calculated_metrics', jsonb_build_object(
        'total_contacts', f.offered,
        'handled_rate', round(f.handled_pct::numeric, 2),
        'efficiency_score', round(statistics.efficiency_score(f.handled_pct, f.service_level_pct)::numeric, 2),
        'quality_score', round(statistics.quality_score(f.service_level_pct, f.abandonment_pct)::numeric, 2)))
      else '{}'
    end
  from statistics.figures(p_start_time, p_end_time, p_interval_minutes, null, p_service_ids, p_group_ids) f
  join org.service_settings s on s.service_id = f.service_id
  left join org.queues q on q.service_id = f.service_id and q.group_id = f.group_id
$$;
comment on function database.contact_figures(timestamptz, timestamptz, int, int[], int[], boolean) is 'The entries of contact statistics: the figures of statistics.figures in the words and units of the seed (milliseconds, per cent).';
