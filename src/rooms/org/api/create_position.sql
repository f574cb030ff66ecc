create or replace function api.create_position(
  p_position_code text,
  p_position_name text,
  p_position_name_en text default null,
  p_position_category text default null,
  p_min_grade int default null,
  p_max_grade int default null,
  p_requires_certification boolean default null,
  p_custom jsonb default null
)
returns setof org.position_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id int;
begin
  insert into org.positions (position_code, position_name, custom, created_at, updated_at)
  values (org.checked_text('position_code', p_position_code, 50), org.checked_text('position_name', p_position_name, 200),
    org.checked_custom('position', p_custom, null), platform.now(), platform.now())
  on conflict (position_code) do nothing
  returning positions.position_id into v_id;
  if v_id is null then
    raise exception using errcode = 'QH409', message = format('there is already a position %L', p_position_code), hint = 'Choose another code.';
  end if;
  return query select u.* from api.update_position(v_id, p_position_name_en => p_position_name_en, p_position_category => p_position_category,
    p_min_grade => p_min_grade, p_max_grade => p_max_grade, p_requires_certification => p_requires_certification) u;
end
$$;
comment on function api.create_position(text, text, text, text, int, int, boolean, jsonb) is 'Makes a position. Answers the position.';
