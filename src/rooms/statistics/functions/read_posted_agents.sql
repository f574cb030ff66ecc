create or replace function statistics.read_posted_agents(p_rows jsonb)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- Every field is read as text and converted only where its form is right, so that one bad row cannot stop the rest.
  create temp table posted_agents on commit drop as
  with texts as (
    select e.place::int as row_number, jsonb_typeof(e.record) = 'object' as is_object, e.record,
      e.record ->> 'agent_code' as agent_code, e.record ->> 'agent_id' as agent_text, e.record ->> 'service' as service,
      e.record ->> 'service_id' as service_text, e.record ->> 'queue' as queue, e.record ->> 'group_id' as group_text,
      e.record ->> 'interval_start_time' as start_text
    from jsonb_array_elements(p_rows) with ordinality as e (record, place)
  ), named as (
    select t.*, a.agent_id, s.service_id, q.group_id, coalesce(s.time_zone, a.time_zone, 'UTC') as time_zone,
      statistics.try_moment(t.start_text, coalesce(s.time_zone, a.time_zone, 'UTC')) as moment
    from texts t
    left join org.agent_people a on a.agent_code = t.agent_code or t.agent_code is null and a.agent_id::text = t.agent_text
    left join org.service_settings s on s.service_code = t.service or t.service is null and s.service_id::text = t.service_text
    left join org.queues q on q.service_id = s.service_id and (q.group_code = t.queue or t.queue is null and q.group_id::text = t.group_text)
  )
  select n.*, v.numbers, v.wrong
  from named n
  cross join lateral (
    select jsonb_object_agg(c.name, case when c.is_number then c.text::int else 0 end) as numbers,
      (array_agg(format('%s must be a whole number of 0 to 1000000, not %s', c.name, coalesce(c.text, 'null')) order by c.place)
        filter (where not c.is_number and (c.text is not null or c.is_needed)))[1] as wrong
    from (
      select f.name, f.place, f.is_needed, n.record ->> f.name as text,
        coalesce(n.record ->> f.name ~ '^\d{1,6}$', false) as is_number
      from (values ('login_seconds', 1, true), ('ready_seconds', 2, false), ('not_ready_seconds', 3, false), ('talk_seconds', 4, false),
        ('hold_seconds', 5, false), ('wrap_seconds', 6, false), ('handled', 7, false), ('transferred', 8, false)) as f (name, place, is_needed)
    ) c
  ) v;
  insert into pg_temp.agent_problems (row_number, name, rule, value, expected)
  select p.row_number, v.name, v.rule, v.value, v.expected
  from pg_temp.posted_agents p
  cross join lateral (
    values
      ('record', 'BAD_VALUE', 'a row must be an object', null, not p.is_object),
      ('agent_code', 'AGENT_UNKNOWN', coalesce(p.agent_code, p.agent_text, ''), null, p.is_object and p.agent_id is null),
      ('service', 'SERVICE_UNKNOWN', coalesce(p.service, p.service_text), null,
        p.service_id is null and (p.service is not null or p.service_text is not null)),
      ('queue', 'QUEUE_WITHOUT_SERVICE', coalesce(p.queue, p.group_text), null,
        (p.queue is not null or p.group_text is not null) and p.service is null and p.service_text is null),
      ('queue', 'QUEUE_UNKNOWN', coalesce(p.queue, p.group_text), coalesce(p.service, p.service_text),
        (p.queue is not null or p.group_text is not null) and p.service_id is not null and p.group_id is null),
      ('interval_start_time', 'BAD_VALUE', case when p.start_text is null then 'interval_start_time is required' else statistics.moment_problem(p.start_text, p.time_zone) end, null,
        p.is_object and p.moment is null),
      ('login_seconds', 'BAD_VALUE', p.wrong, null, p.is_object and p.wrong is not null)
  ) as v (name, rule, value, expected, is_broken)
  where v.is_broken;
  insert into pg_temp.agent_rows
  select p.row_number, p.agent_id, coalesce(p.service_id, 0), coalesce(p.group_id, 0), p.moment,
    n.login_seconds, n.ready_seconds, n.not_ready_seconds, n.talk_seconds, n.hold_seconds, n.wrap_seconds, n.handled, n.transferred
  from pg_temp.posted_agents p
  cross join lateral jsonb_to_record(p.numbers) as n (login_seconds int, ready_seconds int, not_ready_seconds int, talk_seconds int,
    hold_seconds int, wrap_seconds int, handled int, transferred int)
  where not exists (select from pg_temp.agent_problems b where b.row_number = p.row_number);
  drop table pg_temp.posted_agents;
end
$$;
comment on function statistics.read_posted_agents(jsonb) is 'Posted rows of agent activity, typed, into pg_temp.agent_rows; those that cannot be read into pg_temp.agent_problems.';
