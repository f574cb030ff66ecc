create or replace function api.update_service(
  p_service_id int,
  p_service_code text default null,
  p_service_name text default null,
  p_description text default null,
  p_time_zone text default null,
  p_service_level_threshold_seconds int default null,
  p_service_level_variant text default null,
  p_kind_precedence text[] default null,
  p_target_service_level_pct numeric default null,
  p_target_abandonment_pct numeric default null,
  p_max_wait_seconds int default null,
  p_priority_level int default null,
  p_is_active boolean default null
)
returns table (
  service_id int,
  service_code text,
  service_name text,
  description text,
  time_zone text,
  service_level_threshold_seconds int,
  service_level_variant text,
  kind_precedence text[],
  target_service_level_pct numeric,
  target_abandonment_pct numeric,
  max_wait_seconds int,
  priority_level int,
  is_active boolean,
  is_demo boolean,
  queue_count int,
  created_at timestamptz,
  updated_at timestamptz
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform org.find_service_by_id(p_service_id);
  perform org.check_service(p_service_id, p_service_code, p_service_level_threshold_seconds, p_service_level_variant,
    p_kind_precedence, p_target_service_level_pct, p_target_abandonment_pct, p_max_wait_seconds);
  update org.services s
  set service_code = coalesce(p_service_code, s.service_code),
    service_name = coalesce(nullif(btrim(p_service_name), ''), s.service_name),
    description = case when p_description is null then s.description else nullif(p_description, '') end,
    time_zone = coalesce(org.time_zone(p_time_zone), s.time_zone),
    service_level_threshold_seconds = coalesce(p_service_level_threshold_seconds, s.service_level_threshold_seconds),
    service_level_variant = coalesce(p_service_level_variant, s.service_level_variant),
    kind_precedence = coalesce(p_kind_precedence, s.kind_precedence),
    target_service_level_pct = coalesce(p_target_service_level_pct, s.target_service_level_pct),
    target_abandonment_pct = coalesce(p_target_abandonment_pct, s.target_abandonment_pct),
    max_wait_seconds = coalesce(p_max_wait_seconds, s.max_wait_seconds),
    priority_level = coalesce(p_priority_level, s.priority_level),
    is_active = coalesce(p_is_active, s.is_active),
    updated_at = platform.now()
  where s.service_id = p_service_id;
  return query select l.* from api.list_services() l where l.service_id = p_service_id;
end
$$;
comment on function api.update_service(int, text, text, text, text, int, text, text[], numeric, numeric, int, int, boolean) is 'Changes what is given of a service and leaves the rest; an empty description removes it. Answers the service.';
