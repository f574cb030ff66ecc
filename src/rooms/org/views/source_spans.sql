create or replace view org.source_spans as
select
  s.service_id,
  s.source_id,
  s.kind,
  s.external_name,
  m.valid_from,
  lead(m.valid_from, 1, 'infinity') over (partition by s.service_id, s.source_id order by m.valid_from) as valid_to,
  case when s.external_name = '' then 0 else coalesce(m.group_id, -1) end as group_id
from org.sources s
-- Source by source: a union joined to the sources would be read whole, whichever sources are asked about.
cross join lateral (
  select t.valid_from, t.group_id
  from org.source_mappings t
  where t.service_id = s.service_id and t.source_id = s.source_id
  union all
  select '-infinity', null
  where not exists (
    select from org.source_mappings f
    where f.service_id = s.service_id and f.source_id = s.source_id and f.valid_from = '-infinity')
) m;
comment on view org.source_spans is 'Which queue each source belongs to over all time without gaps: 0 the service itself, −1 not mapped.';
