create or replace view api.services as
select
  s.service_id as id,
  s.service_name,
  s.service_code,
  s.description,
  s.service_level_threshold_seconds as target_answer_time,
  s.target_service_level_pct as target_service_level,
  s.target_abandonment_pct as target_abandonment_rate,
  s.is_active,
  s.priority_level,
  s.max_wait_seconds as max_wait_time,
  s.created_at,
  s.updated_at,
  s.service_id,
  s.time_zone,
  s.service_level_variant,
  s.kind_precedence,
  s.is_demo
from org.services s
where s.merged_into_id is null;
comment on view api.services is 'Services in the words of seed 001; over org.services without those that were merged into another.';
