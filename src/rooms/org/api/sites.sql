create or replace view api.sites as
select
  s.site_id,
  s.site_code,
  s.site_name,
  s.site_type,
  s.address,
  s.city,
  s.region,
  s.country,
  s.time_zone,
  s.phone,
  s.primary_department_id,
  s.capacity_seats,
  s.operating_hours,
  s.is_24x7,
  s.is_active,
  s.created_at,
  s.updated_at,
  s.custom
from org.site_rows s;
comment on view api.sites is 'Sites in the words of seed 005; over org.sites.';
