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
  -- Ratios of several services come from their sums: each service has one row for the whole time, weighted by what it divides by.
  select jsonb_build_object(
    'total_contacts_received', sum(f.offered),
    'total_contacts_treated', sum(f.handled),
    'overall_handle_rate', round((sum(f.handled_pct * f.offered) / nullif(sum(f.offered) filter (where f.handled_pct is not null), 0))::numeric, 2),
    'average_service_level', round((sum(f.service_level_pct * f.offered * f.coverage_pct)
      / nullif(sum(f.offered * f.coverage_pct) filter (where f.service_level_pct is not null), 0))::numeric, 2),
    'intervals_analyzed', p_entries)
  from statistics.figures(p_start_time, p_end_time, null, null, p_service_ids, p_group_ids) f
$$;
comment on function database.contact_summary(timestamptz, timestamptz, int[], int[], bigint) is 'The summary of contact statistics over the whole time, from the same figures.';
