create or replace function org.checked_custom(p_entity text, p_custom jsonb, p_old jsonb)
returns jsonb
language plpgsql stable parallel safe
as $$
declare
  v_errors jsonb;
begin
  if p_custom is null and p_old is not null then
    return p_old;
  end if;
  if jsonb_typeof(p_custom) <> 'object' then
    raise exception using errcode = 'QH400', message = 'custom is an object of field names and values',
      hint = 'For instance {"badge": "A-17"}.';
  end if;
  select jsonb_agg(jsonb_build_object('path', 'custom.' || p.field_name, 'rule', p.rule, 'value', p.value, 'hint', p.hint)) into v_errors
  from org.custom_problems(p_entity, coalesce(p_custom, '{}'), p_old is null) p;
  if v_errors is not null then
    raise exception using errcode = 'QH400',
      message = format('%s %s', v_errors -> 0 ->> 'path', v_errors -> 0 ->> 'rule'),
      detail = v_errors::text;
  end if;
  -- What is given as null is removed, what is not given stays.
  return jsonb_strip_nulls(coalesce(p_old, '{}') || coalesce(p_custom, '{}'));
end
$$;
comment on function org.checked_custom(text, jsonb, jsonb) is 'The custom values of an entity after a change (old values null: it is new); QH400 names each wrong one.';
