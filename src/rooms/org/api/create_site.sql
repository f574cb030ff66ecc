create or replace function api.create_site(
  p_site_code text,
  p_site_name text,
  p_time_zone text,
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
  p_custom jsonb default null
)
returns setof org.site_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id int;
begin
  -- The city at once: by it the policy tells whether the site is the caller's to make.
  insert into org.sites (site_code, site_name, time_zone, city, custom, created_at, updated_at)
  values (org.checked_text('site_code', p_site_code, 50), org.checked_text('site_name', p_site_name, 200),
    org.time_zone(org.checked_text('time_zone', p_time_zone, 100)), nullif(p_city, ''), org.checked_custom('site', p_custom, null), platform.now(), platform.now())
  on conflict (site_code) do nothing
  returning sites.site_id into v_id;
  if v_id is null then
    raise exception using errcode = 'QH409', message = format('there is already a site %L', p_site_code), hint = 'Choose another code.';
  end if;
  return query select u.* from api.update_site(v_id, p_site_type => p_site_type, p_address => p_address, p_city => p_city, p_region => p_region,
    p_country => p_country, p_phone => p_phone, p_primary_department => p_primary_department, p_capacity_seats => p_capacity_seats,
    p_operating_hours => p_operating_hours, p_is_24x7 => p_is_24x7) u;
end
$$;
comment on function api.create_site(text, text, text, text, text, text, text, text, text, text, int, jsonb, boolean, jsonb) is 'Makes a site. Answers the site.';
