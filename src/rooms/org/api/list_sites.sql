create or replace function api.list_sites(p_search text default null, p_active boolean default null)
returns setof org.site_rows
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select r.*
  from org.site_rows r
  where (p_active is null or r.is_active = p_active)
    and (p_search is null or position(lower(p_search) in lower(r.site_name || ' ' || r.site_code)) > 0)
  order by r.site_code
$$;
comment on function api.list_sites(text, boolean) is 'The sites; only active or only inactive ones, or those whose name or code holds a text.';
