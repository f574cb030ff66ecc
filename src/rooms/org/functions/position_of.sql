create or replace function org.position_of(p_position_code text)
returns int
language plpgsql stable parallel safe
as $$
declare
  v_id int;
  v_closest text;
begin
  if coalesce(p_position_code, '') = '' then
    return null;
  end if;
  select t.position_id into v_id from org.positions t where t.position_code = p_position_code;
  if found then
    return v_id;
  end if;
  select org.closest_codes(p_position_code, array_agg(t.position_code)) into v_closest from org.positions t;
  raise exception using errcode = 'QH404',
    message = format('there is no position %L', p_position_code),
    hint = coalesce('Did you mean: ' || v_closest || '?', 'List them with: qh org positions');
end
$$;
comment on function org.position_of(text) is 'The position of this code (null for none); QH404 with the closest ones when there is none.';
