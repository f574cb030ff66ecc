create or replace view org.queues as
select
  g.service_id,
  g.group_id,
  g.group_code,
  g.group_name,
  g.service_type,
  g.priority,
  g.is_active
from org.groups g;
comment on view org.queues is 'For other rooms: the queues of services.';
