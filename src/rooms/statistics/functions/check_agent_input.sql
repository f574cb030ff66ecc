create or replace function statistics.check_agent_input()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.found (place, name, rule, value, expected)
  select i.place, v.name, v.rule, v.value, v.expected
  from pg_temp.agent_input i
  cross join lateral (
    values
      ('period', 'SKIPPED_HOUR', to_char(i.local_time, 'DD.MM.YYYY HH24:MI:SS'), null, i.later at time zone i.time_zone <> i.local_time),
      ('agent_code', 'TEXT_TOO_LONG', null, '100', length(i.agent_code) > 100),
      ('service', 'SERVICE_UNKNOWN', i.service, null, i.service is not null and i.service_id is null),
      ('queue', 'QUEUE_WITHOUT_SERVICE', i.queue, null, i.queue is not null and i.service is null),
      ('queue', 'QUEUE_UNKNOWN', i.queue, i.service, i.queue is not null and i.service_id is not null and i.group_id is null)
  ) as v (name, rule, value, expected, is_broken)
  where v.is_broken;
  insert into pg_temp.found (place, name, rule, value)
  select i.place, v.name, case when v.value is null then 'VALUE_BLANK' when v.value < 0 then 'NEGATIVE_VALUE' else 'NUMBER_TOO_LARGE' end, v.value::text
  from pg_temp.agent_input i
  cross join lateral (
    values
      ('login_seconds', i.login_seconds, true), ('ready_seconds', i.ready_seconds, true), ('not_ready_seconds', i.not_ready_seconds, true),
      ('talk_seconds', i.talk_seconds, true), ('hold_seconds', i.hold_seconds, true), ('wrap_seconds', i.wrap_seconds, true),
      ('handled', i.handled, true), ('transferred', i.transferred, false)
  ) as v (name, value, is_needed)
  where (v.value is null and v.is_needed or v.value < 0 or v.value > 1000000)
    -- What stood in a cell that is no number is told already.
    and not exists (select from pg_temp.found f where f.place = i.place and f.name = v.name);
end
$$;
comment on function statistics.check_agent_input() is 'Finds cells of an import of agent activity that cannot be, their period apart, by themselves or against the services and queues there are.';
