create or replace view org.source_names as
select
  s.service_id,
  s.source_id,
  s.kind,
  s.external_name,
  s.stamp_meaning
from org.sources s;
comment on view org.source_names is 'For other rooms: the sources of services; the empty name is the service''s own total.';
