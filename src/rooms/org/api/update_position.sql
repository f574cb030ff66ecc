create or replace function api.update_position(
  p_position_id int,
  p_position_code text default null,
  p_position_name text default null,
  p_position_name_en text default null,
  p_position_category text default null,
  p_min_grade int default null,
  p_max_grade int default null,
  p_requires_certification boolean default null,
  p_custom jsonb default null,
  p_is_active boolean default null
)
returns setof org.position_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_old org.positions := org.find_position(p_position_id);
begin
  if exists (select from org.positions p where p.position_code = p_position_code and p.position_id <> p_position_id) then
    raise exception using errcode = 'QH409', message = format('there is already a position %L', p_position_code), hint = 'Choose another code.';
  end if;
  if coalesce(p_min_grade, v_old.min_grade) > coalesce(p_max_grade, v_old.max_grade) then
    raise exception using errcode = 'QH400', message = 'min_grade is above max_grade', hint = 'Exchange the two, or give both.';
  end if;
  update org.positions p
  set position_code = org.checked_text('position_code', coalesce(p_position_code, p.position_code), 50),
    position_name = org.checked_text('position_name', coalesce(p_position_name, p.position_name), 200),
    position_name_en = nullif(coalesce(p_position_name_en, p.position_name_en), ''),
    position_category = nullif(coalesce(p_position_category, p.position_category), ''),
    min_grade = coalesce(p_min_grade, p.min_grade),
    max_grade = coalesce(p_max_grade, p.max_grade),
    requires_certification = coalesce(p_requires_certification, p.requires_certification),
    custom = org.checked_custom('position', p_custom, v_old.custom),
    is_active = coalesce(p_is_active, p.is_active),
    updated_at = platform.now()
  where p.position_id = p_position_id;
  return query select r.* from org.position_rows r where r.position_id = p_position_id;
end
$$;
comment on function api.update_position(int, text, text, text, text, int, int, boolean, jsonb, boolean) is 'Changes what is given of a position and leaves the rest; empty text removes. Answers the position.';
