create or replace view api.service_groups as
select
  g.service_id,
  g.group_id,
  g.priority,
  g.is_active,
  g.created_at
from org.groups g
join org.services s on s.service_id = g.service_id
where s.merged_into_id is null;
comment on view api.service_groups is 'Which queue belongs to which service; over org.groups, because a queue here has exactly one service.';
