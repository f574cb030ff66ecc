create or replace function database.contact_summary(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_service_ids int[],
  p_group_ids int[],
  p_entries bigint
)
returns jsonb
language sql stable parallel unsafe
as $$
  -- Each service has one row for the whole time. Parts and wholes are added up, each service's by its own variant, then divided.
  select jsonb_build_object(
    'total_contacts_received', sum(f.offered),
    'total_contacts_treated', sum(f.handled),
    'overall_handle_rate', round(100.0 * sum(f.handled_of_offered) / nullif(sum(f.offered_with_handled), 0), 2),
    'average_service_level', round(100.0 * sum(f.level_part) / nullif(sum(f.level_whole), 0), 2),
    'intervals_analyzed', p_entries)
  from statistics.figures(p_start_time, p_end_time, null, null, p_service_ids, p_group_ids) f
$$;
comment on function database.contact_summary(timestamptz, timestamptz, int[], int[], bigint) is 'The summary of contact statistics over the whole time, from the same figures.';
