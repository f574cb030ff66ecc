create or replace function org.employee_of(p_personnel_number text)
returns int
language plpgsql stable parallel safe
as $$
declare
  v_id int;
  v_closest text;
begin
  if coalesce(p_personnel_number, '') = '' then
    return null;
  end if;
  select t.employee_id into v_id from org.employees t where t.personnel_number = p_personnel_number;
  if found then
    return v_id;
  end if;
  select org.closest_codes(p_personnel_number, array_agg(t.personnel_number)) into v_closest from org.employees t;
  raise exception using errcode = 'QH404',
    message = format('there is no employee %L', p_personnel_number),
    hint = coalesce('Did you mean: ' || v_closest || '?', 'List them with: qh org employees');
end
$$;
comment on function org.employee_of(text) is 'The employee of this personnel number (null for none); QH404 with the closest ones when there is none.';
