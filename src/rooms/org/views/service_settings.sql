create or replace view org.service_settings as
select
  s.service_id,
  s.service_code,
  s.service_name,
  s.time_zone,
  s.service_level_threshold_seconds,
  s.service_level_variant,
  s.kind_precedence,
  s.target_service_level_pct,
  s.target_abandonment_pct,
  s.is_active,
  s.is_demo
from org.services s
where s.merged_into_id is null;
comment on view org.service_settings is 'For other rooms: the services that are not merged into another, with what their figures are judged by.';
