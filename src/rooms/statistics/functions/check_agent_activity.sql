create or replace function statistics.check_agent_activity(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_equal bigint;
begin
  perform statistics.make_agent_rows();
  perform statistics.read_agent_input();
  perform statistics.check_agent_input();
  insert into pg_temp.agent_rows
  select i.place, i.agent_id, coalesce(i.service_id, 0), coalesce(i.group_id, 0), i.moment, i.login_seconds, i.ready_seconds,
    i.not_ready_seconds, i.talk_seconds, i.hold_seconds, i.wrap_seconds, i.handled, coalesce(i.transferred, 0)
  from pg_temp.agent_input i
  where not exists (select from pg_temp.found f join statistics.import_rules s on s.rule = f.rule where f.place = i.place and s.severity = 'error')
    and not exists (select from pg_temp.found f where f.place = i.place and f.rule in
      ('VALUE_BLANK', 'NOT_A_NUMBER', 'NOT_A_WHOLE_NUMBER', 'NEGATIVE_VALUE', 'NUMBER_TOO_LARGE', 'NOT_A_TEXT', 'PERIOD_NOT_A_DATE', 'SKIPPED_HOUR',
        'OUTSIDE_YEARS'));
  v_equal := statistics.check_agent_rows();
  insert into pg_temp.found (place, name, rule, value, expected, other_row)
  select p.row_number, p.name, p.rule,
    case when p.rule in ('OFF_GRID', 'DETAIL_DROPPED', 'DUPLICATE_EQUAL', 'DUPLICATE_CONFLICT') then to_char(i.local_time, 'DD.MM.YYYY HH24:MI:SS') else p.value end,
    p.expected, p.other_row
  from pg_temp.agent_problems p
  join pg_temp.agent_input i on i.place = p.row_number;
  insert into pg_temp.found (place, name, rule, value)
  select min(i.place), 'agent_code', 'AGENT_NEW', i.agent_code
  from pg_temp.agent_input i
  join pg_temp.agent_rows r on r.row_number = i.place
  where i.agent_id < 0
  group by i.agent_code;
  return v_equal;
end
$$;
comment on function statistics.check_agent_activity(boolean) is
  'Finds what keeps rows of an import of agent activity out, leaves the good ones in pg_temp.agent_rows, and returns how many repeat another one; new agents have negative numbers until the load.';
