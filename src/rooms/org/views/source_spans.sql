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
join (
  select service_id, source_id, valid_from, group_id from org.source_mappings
  union all
  select o.service_id, o.source_id, '-infinity', null
  from org.sources o
  where not exists (
    select from org.source_mappings f
    where f.service_id = o.service_id and f.source_id = o.source_id and f.valid_from = '-infinity')
) m on m.service_id = s.service_id and m.source_id = s.source_id;
comment on view org.source_spans is 'Which queue each source belongs to over all time without gaps: 0 the service itself, −1 not mapped.';
