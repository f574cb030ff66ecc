create or replace function statistics.asked_agents(
  p_agent text,
  p_team text,
  p_department text,
  p_my_team boolean,
  p_service text,
  p_queue text,
  p_start_time text,
  p_end_time text,
  p_time_zone text,
  out agent_ids int[],
  out team_ids int[],
  out department_ids int[],
  out service_ids int[],
  out group_ids int[],
  out start_time timestamptz,
  out end_time timestamptz,
  out time_zone text
)
language plpgsql stable parallel restricted
as $$
declare
  v_paths text[];
  v_mine int[];
begin
  if p_service is not null then
    service_ids := array[(org.find_service(p_service)).service_id];
    if p_queue is not null then
      group_ids := array[(org.find_queue(service_ids[1], p_queue)).group_id];
    end if;
  elsif p_queue is not null then
    raise exception using errcode = 'QH400', message = format('queue %L without its service', p_queue),
      hint = 'Queue codes are unique within a service: give service as well.';
  end if;
  if p_agent is not null and not exists (select from org.agent_people a where a.agent_code = p_agent) then
    raise exception using errcode = 'QH404', message = format('there is no agent %L', p_agent),
      hint = coalesce('Did you mean: ' || (select org.closest_codes(p_agent, array_agg(a.agent_code)) from org.agent_people a) || '?',
        'Agents come with the import of activity, or when an employee is given a code.');
  end if;
  v_paths := array(
    select d.hierarchy_path
    from org.units d
    where d.department_id in (org.department_of(p_team), org.department_of(p_department)));
  if p_my_team then
    v_mine := array(select m.employee_id from org.my_employees(org.caller_employee_id()) as m (employee_id));
  end if;
  select coalesce(array_agg(a.agent_id order by a.agent_id), '{}'), coalesce(array_agg(coalesce(a.team_id, 0) order by a.agent_id), '{}'),
    coalesce(array_agg(coalesce(a.department_id, 0) order by a.agent_id), '{}')
  into agent_ids, team_ids, department_ids
  from org.agent_people a
  where (p_agent is null or a.agent_code = p_agent)
    and (v_mine is null or a.employee_id = any (v_mine))
    and not exists (select from unnest(v_paths) as p (path) where a.hierarchy_path is null or not starts_with(a.hierarchy_path, p.path));
  -- Without a zone: that of the service, else the one in which all services live, else UTC.
  time_zone := coalesce(org.time_zone(p_time_zone), statistics.zone_of_services(service_ids), 'UTC');
  select p.start_time, p.end_time into start_time, end_time
  from statistics.agent_period(agent_ids, org.moment(p_start_time, time_zone), org.moment(p_end_time, time_zone)) p;
end
$$;
comment on function statistics.asked_agents(text, text, text, boolean, text, text, text, text, text) is
  'The agents, services and the period that a question by codes and texts is about; my_team is whom the caller leads or deputises for today.';
