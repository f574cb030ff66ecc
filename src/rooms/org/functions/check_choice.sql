create or replace function org.check_choice(p_path text, p_value text, p_choices text[])
returns void
language plpgsql immutable parallel safe
as $$
begin
  if not p_value = any (p_choices) then
    raise exception using errcode = 'QH400',
      message = format('%s %L is not one of %s', p_path, p_value, array_to_string(p_choices, ', ')),
      detail = jsonb_build_array(jsonb_build_object('path', p_path, 'rule', 'is one of ' || array_to_string(p_choices, ', '),
        'value', p_value, 'hint', null))::text;
  end if;
end
$$;
comment on function org.check_choice(text, text, text[]) is 'QH400 unless the value is null or one of the choices.';
