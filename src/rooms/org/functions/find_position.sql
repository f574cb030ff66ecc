create or replace function org.find_position(p_position_id int)
returns org.positions
language plpgsql stable parallel safe
as $$
declare
  v_found org.positions;
begin
  select t.* into v_found from org.positions t where t.position_id = p_position_id;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no position with id %s', coalesce(p_position_id::text, 'null')),
      hint = 'List them with: qh org positions';
  end if;
  return v_found;
end
$$;
comment on function org.find_position(int) is 'The position with this id; QH404 when there is none.';
