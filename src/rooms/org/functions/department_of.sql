create or replace function org.department_of(p_department_code text)
returns int
language plpgsql stable parallel safe
as $$
declare
  v_id int;
  v_closest text;
begin
  if coalesce(p_department_code, '') = '' then
    return null;
  end if;
  select t.department_id into v_id from org.departments t where t.department_code = p_department_code and t.deleted_at is null;
  if found then
    return v_id;
  end if;
  select org.closest_codes(p_department_code, array_agg(t.department_code)) into v_closest from org.departments t where t.deleted_at is null;
  raise exception using errcode = 'QH404',
    message = format('there is no department %L', p_department_code),
    hint = coalesce('Did you mean: ' || v_closest || '?', 'List them with: qh org departments');
end
$$;
comment on function org.department_of(text) is 'The department of this code (null for none); QH404 with the closest ones when there is none.';
