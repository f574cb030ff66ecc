create or replace function statistics.check_agent_rows()
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_equal bigint;
begin
  insert into pg_temp.agent_problems (row_number, name, rule, value, expected)
  select r.row_number, v.name, v.rule, v.value, v.expected
  from pg_temp.agent_rows r
  cross join lateral (
    select r.ready_seconds + r.not_ready_seconds + r.talk_seconds + r.hold_seconds + r.wrap_seconds as states
  ) c
  cross join lateral (
    values
      ('period', 'OFF_GRID', r.interval_start_time::text, '15',
        date_bin('15 minutes', r.interval_start_time, '2000-01-01 00:00:00+00') <> r.interval_start_time),
      ('login_seconds', 'AGENT_LOGIN_GT_INTERVAL', r.login_seconds::text, '900', r.login_seconds > 900),
      ('login_seconds', 'AGENT_STATES_GT_LOGIN', r.login_seconds::text,
        format('%s = ready %s + not ready %s + talk %s + hold %s + wrap %s', c.states, r.ready_seconds, r.not_ready_seconds, r.talk_seconds,
          r.hold_seconds, r.wrap_seconds), c.states > r.login_seconds)
  ) as v (name, rule, value, expected, is_broken)
  where v.is_broken;
  insert into pg_temp.agent_problems (row_number, name, rule, value, expected)
  select d.row_number, 'period', 'DETAIL_DROPPED', d.interval_start_time::text, to_char(d.kept_from at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
  from statistics.dropped_agent_rows() d;
  delete from pg_temp.agent_rows r using pg_temp.agent_problems p where p.row_number = r.row_number;
  -- Of rows for one key the last is kept; an earlier one that says the same is no error.
  create temp table agent_repeats on commit drop as
  select r.row_number, max(r.row_number) over w as kept, min(r.row_number) over w as first_row,
    to_jsonb(r) - 'row_number' = last_value(to_jsonb(r) - 'row_number') over w as is_same
  from pg_temp.agent_rows r
  window w as (partition by r.agent_id, r.interval_start_time, r.service_id, r.group_id order by r.row_number
    range between unbounded preceding and unbounded following);
  delete from pg_temp.agent_repeats p where p.first_row = p.kept;
  insert into pg_temp.agent_problems (row_number, name, rule, other_row)
  select p.row_number, 'period', case when p.is_same then 'DUPLICATE_EQUAL' else 'DUPLICATE_CONFLICT' end, p.kept
  from pg_temp.agent_repeats p
  where p.row_number <> p.kept;
  select count(*) into v_equal from pg_temp.agent_repeats p where p.row_number <> p.kept and p.is_same;
  delete from pg_temp.agent_rows r using pg_temp.agent_repeats p where p.row_number = r.row_number and p.row_number <> p.kept;
  drop table pg_temp.agent_repeats;
  perform statistics.check_agent_quarters();
  return v_equal;
end
$$;
comment on function statistics.check_agent_rows() is
  'Moves what cannot be from pg_temp.agent_rows to pg_temp.agent_problems, with its rule; returns how many rows repeat another one.';
