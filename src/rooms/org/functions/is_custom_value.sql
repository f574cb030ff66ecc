create or replace function org.is_custom_value(p_field_type text, p_choices text[], p_value jsonb)
returns boolean
language sql immutable parallel safe
as $$
  select case p_field_type
      when 'number' then pg_catalog.jsonb_typeof(p_value) = 'number'
      when 'boolean' then pg_catalog.jsonb_typeof(p_value) = 'boolean'
      when 'date' then pg_catalog.jsonb_typeof(p_value) = 'string' and org.is_day(p_value #>> '{}')
      when 'choice' then pg_catalog.jsonb_typeof(p_value) = 'string' and (p_value #>> '{}') = any (p_choices)
      else pg_catalog.jsonb_typeof(p_value) = 'string' and pg_catalog.length(p_value #>> '{}') <= 2000
    end
$$;
comment on function org.is_custom_value(text, text[], jsonb) is 'Whether a value is one that a custom field of this type can have.';
