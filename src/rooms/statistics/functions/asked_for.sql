create or replace function statistics.asked_for(
  p_service text,
  p_queue text,
  p_start_time text,
  p_end_time text,
  p_time_zone text,
  out service_ids int[],
  out group_ids int[],
  out start_time timestamptz,
  out end_time timestamptz
)
language plpgsql stable parallel unsafe
-- Planned once a session: planning these small questions costs more than answering them.
set plan_cache_mode = force_generic_plan
as $$
declare
  v_zone text := org.time_zone(p_time_zone);
  v_service record;
  v_period record;
begin
  if p_service is not null then
    v_service := org.find_service(p_service);
    service_ids := array[v_service.service_id];
    v_zone := coalesce(v_zone, v_service.time_zone);
  else
    select coalesce(array_agg(s.service_id order by s.service_id), '{}') into service_ids from org.service_settings s;
  end if;
  if p_queue is not null then
    if p_service is null then
      raise exception using errcode = 'QH400',
        message = format('queue %L without its service', p_queue),
        hint = 'Queue codes are unique within a service: give service as well.';
    end if;
    group_ids := array[(org.find_queue(service_ids[1], p_queue)).group_id];
  end if;
  v_zone := coalesce(v_zone, statistics.zone_of_services(service_ids));
  v_period := statistics.period(service_ids, org.moment(p_start_time, v_zone), org.moment(p_end_time, v_zone));
  start_time := v_period.start_time;
  end_time := v_period.end_time;
end
$$;
comment on function statistics.asked_for(text, text, text, text, text) is 'The services, the queue and the period that a question by codes and texts is about; times without offset are in the given zone, else in the services''.';
