create or replace function org.custom_rule(p_field_type text, p_choices text[])
returns text
language sql immutable parallel safe
as $$
  select case p_field_type
      when 'text' then 'is text of at most 2000 characters'
      when 'number' then 'is a number'
      when 'date' then 'is a date like 2025-01-31'
      when 'boolean' then 'is true or false'
      else 'is one of ' || pg_catalog.array_to_string(p_choices, ', ')
    end
$$;
comment on function org.custom_rule(text, text[]) is 'What values of a custom field must be, in words.';
