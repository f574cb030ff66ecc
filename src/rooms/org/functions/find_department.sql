create or replace function org.find_department(p_department_id int)
returns org.departments
language plpgsql stable parallel safe
as $$
declare
  v_found org.departments;
begin
  select t.* into v_found from org.departments t where t.department_id = p_department_id and t.deleted_at is null;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no department with id %s', coalesce(p_department_id::text, 'null')),
      hint = 'List them with: qh org departments';
  end if;
  return v_found;
end
$$;
comment on function org.find_department(int) is 'The department with this id; QH404 when there is none.';
