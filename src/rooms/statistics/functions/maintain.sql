create or replace function statistics.maintain()
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Two months ahead: the job that runs this daily may be away for a while.
  perform statistics.ensure_partitions(array(
    select (date_trunc('month', platform.now(), 'UTC') at time zone 'UTC' + make_interval(months => n))::date
    from generate_series(0, 2) as n
  ) || array(
    -- Months whose rows arrived without a partition: making it moves them out of the default one.
    select distinct (date_trunc('month', d.interval_start_time, 'UTC') at time zone 'UTC')::date
    from statistics.contact_statistics_default as d
  ));
  perform statistics.ensure_partitions(array(
    select (date_trunc('month', platform.now(), 'UTC') at time zone 'UTC' + make_interval(months => n))::date
    from generate_series(0, 2) as n
  ) || array(
    select distinct (date_trunc('month', d.interval_start_time, 'UTC') at time zone 'UTC')::date
    from statistics.agent_activity_default as d
  ), 'agent_activity');
  perform statistics.refresh();
  perform statistics.forget_changes();
  analyze statistics.contact_statistics, statistics.rollups, statistics.agent_activity, statistics.agent_rollups;
end
$$;
comment on function statistics.maintain() is 'Makes the partitions of this and the next two months, empties the default partition, folds touched buckets, and refreshes planner statistics.';
