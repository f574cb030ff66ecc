create or replace function org.find_site(p_site_id int)
returns org.sites
language plpgsql stable parallel safe
as $$
declare
  v_found org.sites;
begin
  select t.* into v_found from org.sites t where t.site_id = p_site_id;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no site with id %s', coalesce(p_site_id::text, 'null')),
      hint = 'List them with: qh org sites';
  end if;
  return v_found;
end
$$;
comment on function org.find_site(int) is 'The site with this id; QH404 when there is none.';
