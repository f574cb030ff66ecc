create or replace view api.groups as
select
  g.group_id as id,
  g.group_name,
  g.group_code,
  g.description,
  g.parent_group_id,
  g.is_active,
  s.time_zone,
  g.created_at,
  g.updated_at,
  g.group_id,
  g.service_id,
  g.service_type,
  g.priority
from org.groups g
join org.services s on s.service_id = g.service_id
where s.merged_into_id is null;
comment on view api.groups is 'Queues in the words of seed 001; over org.groups, with the time zone of their service.';
