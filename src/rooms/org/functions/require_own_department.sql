create or replace function org.require_own_department(p_department_id int)
returns void
language plpgsql stable parallel safe
as $$
begin
  if platform.sees_all_people() then
    return;
  end if;
  -- The policy of the table would pass over the row without a word.
  if not exists (
    select from org.departments d
    where d.department_id = p_department_id
      and (platform.sees_all_teams() or d.department_id = any (org.visible_departments()))
      and (platform.sees_all_cities() or d.site_id = any (org.visible_sites()))
  ) then
    raise exception using errcode = 'QH403',
      message = case
          when p_department_id is null then 'the root of the organisation is not yours to change'
          else format('department %s is not yours to change', p_department_id)
        end,
      hint = 'Departments that you may change are your own and those below them; ask an administrator for the others.';
  end if;
end
$$;
comment on function org.require_own_department(int) is 'Refuses (QH403) when this session may see a department but not change it.';
