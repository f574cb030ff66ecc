create or replace view org.site_rows as
select
  s.site_id,
  s.site_code,
  s.site_name,
  s.site_type,
  s.time_zone,
  s.address,
  s.city,
  s.region,
  s.country,
  s.phone,
  s.primary_department_id,
  d.department_code as primary_department,
  s.capacity_seats,
  s.operating_hours,
  s.is_24x7,
  org.shown_custom(s.custom, (
    select array_agg(f.field_name) from org.custom_fields f where f.entity = 'site' and f.is_personal)) as custom,
  s.is_active,
  s.created_at,
  s.updated_at
from org.sites s
left join org.departments d on d.department_id = s.primary_department_id;
comment on view org.site_rows is 'Sites as the operations answer them.';
