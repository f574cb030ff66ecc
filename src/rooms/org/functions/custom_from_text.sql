create or replace function org.custom_from_text(p_field_type text, p_value jsonb)
returns jsonb
language sql immutable parallel safe
as $$
  select case
      when p_field_type <> 'boolean' or pg_catalog.jsonb_typeof(p_value) <> 'string' then p_value
      when pg_catalog.lower(p_value #>> '{}') in ('true', 'yes', '1', 'да', 'истина', 'sí', 'si', 'verdadero') then 'true'::jsonb
      when pg_catalog.lower(p_value #>> '{}') in ('false', 'no', '0', 'нет', 'ложь', 'falso') then 'false'::jsonb
      else p_value
    end
$$;
comment on function org.custom_from_text(text, jsonb) is 'The value of a custom field that a cell means: yes and no in three languages for boolean, else the cell as it is.';
