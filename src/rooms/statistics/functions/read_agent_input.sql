create or replace function statistics.read_agent_input()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  drop table if exists pg_temp.agent_input;
  -- place is sheet and row in one number, as everywhere in the import.
  create temp table agent_input on commit drop as
  with given as (
    select (r.sheet::int << 21) | r.row_number as place,
      date_bin('1 second', r.period + interval '0.5 seconds', '2000-01-01') as local_time,
      r.agent_code, r.agent_name, r.service, r.queue, r.login_seconds, r.ready_seconds, r.not_ready_seconds, r.talk_seconds,
      r.hold_seconds, r.wrap_seconds, r.handled, r.transferred
    from pg_temp.staged_rows r
  ), places as (
    -- Each different name is looked up once.
    select n.service, n.queue, s.service_id, s.time_zone, q.group_id
    from (select distinct g.service, g.queue from given g) n
    left join org.service_settings s on s.service_code = n.service
    left join org.queues q on q.service_id = s.service_id and q.group_code = n.queue
  ), people as (
    select n.agent_code, coalesce(a.agent_id, - (row_number() over (partition by a.agent_id is null order by n.agent_code))::int) as agent_id, a.time_zone
    from (select distinct g.agent_code from given g where g.agent_code is not null) n
    left join org.agent_people a on a.agent_code = n.agent_code
  ), zoned as (
    select g.*, p.service_id, p.group_id, a.agent_id,
      coalesce(nullif(current_setting('qh.import_zone', true), ''), p.time_zone, a.time_zone, (select s.value #>> '{}' from platform.settings s where s.name = 'org.time_zone'), 'UTC') as time_zone
    from given g
    left join places p on p.service is not distinct from g.service and p.queue is not distinct from g.queue
    left join people a on a.agent_code = g.agent_code
  ), twice as (
    select z.*, m.earlier, m.later,
      row_number() over (partition by z.agent_code, z.service, z.queue, z.local_time order by z.place) as nth
    from zoned z
    -- Each local time is looked up once per zone.
    left join (
      select d.local_time, d.time_zone, org.local_moment(d.local_time, d.time_zone) as earlier, d.local_time at time zone d.time_zone as later
      from (select distinct y.local_time, y.time_zone from zoned y where y.local_time is not null) d
    ) m on m.local_time = z.local_time and m.time_zone = z.time_zone
  )
  -- In the repeated hour of a clock change the first stamp is the earlier moment, the second the later one.
  select t.*, case when t.nth = 2 then t.later else t.earlier end as moment
  from twice t;
  create index on pg_temp.agent_input (place);
  analyze pg_temp.agent_input;
end
$$;
comment on function statistics.read_agent_input() is 'Takes the staged rows of an import as agent activity: pg_temp.agent_input, with agents, services, queues and moments; a new agent has a negative number. Times are read in the zone given with the file, else in the service''s, the agent''s, the organisation''s.';
