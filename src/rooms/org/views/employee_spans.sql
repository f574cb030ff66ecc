create or replace view org.employee_spans as
select
  h.employee_id,
  h.history_id,
  h.valid_from,
  h.valid_to,
  case when row_number() over w = 1 then '-infinity'::date else h.valid_from end as seen_from,
  lead(h.valid_from, 1, 'infinity'::date) over w as seen_to,
  h.department_id,
  h.position_id,
  h.site_id,
  h.supervisor_id
from org.employee_org_history h
where h.valid_to is null or h.valid_to > h.valid_from
window w as (partition by h.employee_id order by h.valid_from);
comment on view org.employee_spans is 'The places of each employee over all time without gaps (seen_from, seen_to): before the first day the first one, after the last the last.';
