create or replace function org.site_of(p_site_code text)
returns int
language plpgsql stable parallel safe
as $$
declare
  v_id int;
  v_closest text;
begin
  if coalesce(p_site_code, '') = '' then
    return null;
  end if;
  select t.site_id into v_id from org.sites t where t.site_code = p_site_code;
  if found then
    return v_id;
  end if;
  select org.closest_codes(p_site_code, array_agg(t.site_code)) into v_closest from org.sites t;
  raise exception using errcode = 'QH404',
    message = format('there is no site %L', p_site_code),
    hint = coalesce('Did you mean: ' || v_closest || '?', 'List them with: qh org sites');
end
$$;
comment on function org.site_of(text) is 'The site of this code (null for none); QH404 with the closest ones when there is none.';
