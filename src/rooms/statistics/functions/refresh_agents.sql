create or replace function statistics.refresh_agents(out buckets_folded bigint, out rows_written bigint)
language plpgsql volatile parallel unsafe
as $$
declare
  v_zone record;
  v_spans record;
  v_grain int;
begin
  buckets_folded := 0;
  rows_written := 0;
  -- A statement of its own: what follows must see what the refresh before this one committed.
  perform statistics.lock_agent_rollups();
  for v_zone in
    with claimed as (
      delete from statistics.agent_touched_log l
      returning l.agent_id, l.service_id, l.bucket, l.hour_count
    )
    select coalesce(s.time_zone, 'UTC') as time_zone, sum(c.hour_count)::bigint as hours,
      array_agg(c.agent_id) as agent_ids, array_agg(c.service_id) as service_ids,
      array_agg(c.bucket) as from_times, array_agg(c.bucket + c.hour_count * interval '1 hour') as to_times
    from claimed c
    left join org.service_settings s on s.service_id = c.service_id
    group by coalesce(s.time_zone, 'UTC')
  loop
    buckets_folded := buckets_folded + v_zone.hours;
    foreach v_grain in array '{60,1440,43200}'::int[] loop
      select * into v_spans
      from statistics.agent_spans(v_zone.agent_ids, v_zone.service_ids, v_zone.from_times, v_zone.to_times, v_grain, v_zone.time_zone);
      rows_written := rows_written + statistics.fold_agents(v_spans.agent_ids, v_spans.service_ids, v_spans.from_times, v_spans.to_times, v_grain,
        case v_grain when 60 then 'UTC' else v_zone.time_zone end,
        -- The days of zones that are not whole hours from UTC do not consist of hours: they come from the facts.
        v_grain = 60 or v_grain = 1440 and not statistics.has_whole_hours(v_zone.time_zone, v_spans.first_time, v_spans.last_time));
    end loop;
  end loop;
end
$$;
comment on function statistics.refresh_agents() is
  'Folds every touched hour of agents into their rollups, and the days and months that hold them; writes nothing where nothing differs.';
