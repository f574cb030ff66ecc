create or replace function quality.job_counts(p_failed_since timestamptz default null, p_failed_until timestamptz default null)
returns table (is_known boolean, reason text, waiting bigint, oldest_waiting timestamptz, failed bigint, failed_names text)
language plpgsql
stable
parallel safe
as $$
begin
  -- The tables of the job queue are made by the server when it starts, and belong to it.
  if to_regclass('jobs.job') is null then
    return query select false, 'No server has started yet: there is no job queue.', null::bigint, null::timestamptz, null::bigint, null::text;
  elsif not has_table_privilege('jobs.job', 'select') then
    return query select false, 'The job queue may not be read; start the server once.', null::bigint, null::timestamptz, null::bigint, null::text;
  else
    return query
    select true, null::text,
      count(*) filter (where j.state in ('created', 'retry') and j.start_after <= platform.now()),
      min(j.start_after) filter (where j.state in ('created', 'retry') and j.start_after <= platform.now()),
      count(*) filter (where j.state = 'failed' and j.completed_on >= coalesce(p_failed_since, platform.now() - interval '1 day') and j.completed_on < coalesce(p_failed_until, 'infinity')),
      string_agg(distinct j.name, ', ') filter (where j.state = 'failed' and j.completed_on >= coalesce(p_failed_since, platform.now() - interval '1 day') and j.completed_on < coalesce(p_failed_until, 'infinity'))
    from jobs.job j
    where j.state in ('created', 'retry', 'failed') and j.name !~ '^__pgboss';
  end if;
end
$$;
comment on function quality.job_counts(timestamptz, timestamptz) is 'How many jobs wait and since when, and how many failed for good in some time (null: the last day).';
