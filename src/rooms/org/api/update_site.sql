create or replace function api.update_site(
  p_site_id int,
  p_site_code text default null,
  p_site_name text default null,
  p_time_zone text default null,
  p_site_type text default null,
  p_address text default null,
  p_city text default null,
  p_region text default null,
  p_country text default null,
  p_phone text default null,
  p_primary_department text default null,
  p_capacity_seats int default null,
  p_operating_hours jsonb default null,
  p_is_24x7 boolean default null,
  p_custom jsonb default null,
  p_is_active boolean default null
)
returns setof org.site_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_old org.sites := org.find_site(p_site_id);
begin
  if exists (select from org.sites s where s.site_code = p_site_code and s.site_id <> p_site_id) then
    raise exception using errcode = 'QH409', message = format('there is already a site %L', p_site_code), hint = 'Choose another code.';
  end if;
  if p_capacity_seats < 0 then
    raise exception using errcode = 'QH400', message = format('capacity_seats %s is below 0', p_capacity_seats), hint = 'Give 0 or more.';
  end if;
  if jsonb_typeof(p_operating_hours) <> 'object' then
    raise exception using errcode = 'QH400', message = 'operating_hours is an object', hint = 'For instance {"mon": "08:00-20:00"}.';
  end if;
  update org.sites s
  set site_code = org.checked_text('site_code', coalesce(p_site_code, s.site_code), 50),
    site_name = org.checked_text('site_name', coalesce(p_site_name, s.site_name), 200),
    time_zone = coalesce(org.time_zone(p_time_zone), s.time_zone),
    site_type = coalesce(nullif(p_site_type, ''), s.site_type),
    address = nullif(coalesce(p_address, s.address), ''),
    city = nullif(coalesce(p_city, s.city), ''),
    region = nullif(coalesce(p_region, s.region), ''),
    country = nullif(coalesce(p_country, s.country), ''),
    phone = nullif(coalesce(p_phone, s.phone), ''),
    primary_department_id = case when p_primary_department is null then s.primary_department_id else org.department_of(p_primary_department) end,
    capacity_seats = coalesce(p_capacity_seats, s.capacity_seats),
    operating_hours = coalesce(p_operating_hours, s.operating_hours),
    is_24x7 = coalesce(p_is_24x7, s.is_24x7),
    custom = org.checked_custom('site', p_custom, v_old.custom),
    is_active = coalesce(p_is_active, s.is_active),
    updated_at = platform.now()
  where s.site_id = p_site_id;
  return query select r.* from org.site_rows r where r.site_id = p_site_id;
end
$$;
comment on function api.update_site(int, text, text, text, text, text, text, text, text, text, text, int, jsonb, boolean, jsonb, boolean) is 'Changes what is given of a site and leaves the rest; empty text removes. Answers the site.';
