create or replace function quality.job_counts()
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
      count(*) filter (where j.state = 'failed' and j.completed_on > platform.now() - interval '1 day'),
      string_agg(distinct j.name, ', ') filter (where j.state = 'failed' and j.completed_on > platform.now() - interval '1 day')
    from jobs.job j
    where j.state in ('created', 'retry', 'failed') and j.name !~ '^__pgboss';
  end if;
end
$$;
comment on function quality.job_counts() is 'How many jobs wait and since when, and how many failed for good in the last day.';
