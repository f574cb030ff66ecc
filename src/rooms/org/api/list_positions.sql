create or replace function api.list_positions(p_search text default null, p_active boolean default null)
returns setof org.position_rows
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select r.*
  from org.position_rows r
  where (p_active is null or r.is_active = p_active)
    and (p_search is null or position(lower(p_search) in lower(r.position_name || ' ' || r.position_code)) > 0)
  order by r.position_code
$$;
comment on function api.list_positions(text, boolean) is 'The positions; only active or only inactive ones, or those whose name or code holds a text.';
