create or replace function api.list_services(p_active boolean default null)
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
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.service_id, s.service_code, s.service_name, s.description, s.time_zone, s.service_level_threshold_seconds,
    s.service_level_variant, s.kind_precedence, s.target_service_level_pct, s.target_abandonment_pct, s.max_wait_seconds,
    s.priority_level, s.is_active, s.is_demo,
    (select count(*)::int from org.groups g where g.service_id = s.service_id),
    s.created_at, s.updated_at
  from org.services s
  where s.merged_into_id is null and (p_active is null or s.is_active = p_active)
  order by s.service_code
$$;
comment on function api.list_services(boolean) is 'The services with their settings; only active or only inactive ones when asked.';
