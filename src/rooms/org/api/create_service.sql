create or replace function api.create_service(
  p_service_code text,
  p_service_name text default null,
  p_description text default null,
  p_time_zone text default null,
  p_service_level_threshold_seconds int default null,
  p_service_level_variant text default null,
  p_kind_precedence text[] default null,
  p_target_service_level_pct numeric default null,
  p_target_abandonment_pct numeric default null,
  p_max_wait_seconds int default null,
  p_priority_level int default null
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
language sql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
  select u.*
  from org.create_service(p_service_code, p_service_name, p_time_zone) as made (service_id),
    lateral api.update_service(made.service_id,
      p_description => p_description,
      p_service_level_threshold_seconds => p_service_level_threshold_seconds,
      p_service_level_variant => p_service_level_variant,
      p_kind_precedence => p_kind_precedence,
      p_target_service_level_pct => p_target_service_level_pct,
      p_target_abandonment_pct => p_target_abandonment_pct,
      p_max_wait_seconds => p_max_wait_seconds,
      p_priority_level => p_priority_level) u
$$;
comment on function api.create_service(text, text, text, text, int, text, text[], numeric, numeric, int, int) is 'Makes a service; whatever is not given keeps its default. Answers the service.';
