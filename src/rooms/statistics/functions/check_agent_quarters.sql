create or replace function statistics.check_agent_quarters()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- What is stored must not change any more until the rows are in.
  perform statistics.lock_agents((select array_agg(distinct r.agent_id) from pg_temp.agent_rows r where r.agent_id > 0));
  analyze pg_temp.agent_rows;
  create temp table full_quarters on commit drop as
  with brought as (
    select r.agent_id, r.interval_start_time, sum(r.login_seconds) as login_seconds
    from pg_temp.agent_rows r
    group by r.agent_id, r.interval_start_time
  ), stays as (
    select f.agent_id, f.interval_start_time, sum(f.login_seconds) as login_seconds
    from brought b
    join statistics.agent_activity f on f.agent_id = b.agent_id and f.interval_start_time = b.interval_start_time
    where f.interval_start_time >= (select min(w.interval_start_time) from brought w)
      and f.interval_start_time <= (select max(w.interval_start_time) from brought w)
      and not exists (
        select
        from pg_temp.agent_rows r
        where r.agent_id = f.agent_id and r.interval_start_time = f.interval_start_time
          and r.service_id = f.service_id and r.group_id = f.group_id)
    group by f.agent_id, f.interval_start_time
  )
  select b.agent_id, b.interval_start_time, b.login_seconds + coalesce(s.login_seconds, 0) as login_seconds
  from brought b
  left join stays s on s.agent_id = b.agent_id and s.interval_start_time = b.interval_start_time
  where b.login_seconds + coalesce(s.login_seconds, 0) > 900;
  insert into pg_temp.agent_problems (row_number, name, rule, value, expected)
  select r.row_number, 'login_seconds', 'AGENT_QUARTER_OVERFULL', q.login_seconds::text, '900'
  from pg_temp.full_quarters q
  join pg_temp.agent_rows r on r.agent_id = q.agent_id and r.interval_start_time = q.interval_start_time;
  delete from pg_temp.agent_rows r
  using pg_temp.full_quarters q
  where r.agent_id = q.agent_id and r.interval_start_time = q.interval_start_time;
  drop table pg_temp.full_quarters;
end
$$;
comment on function statistics.check_agent_quarters() is
  'Takes rows out of pg_temp.agent_rows whose agent would be signed in for more than the 900 seconds of the quarter, with what is stored for other queues.';
