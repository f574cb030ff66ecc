create or replace function org.custom_problems(p_entity text, p_custom jsonb, p_is_new boolean)
returns table (field_name text, rule text, value text, hint text)
language sql stable parallel safe
as $$
  select c.key, 'is not a field of ' || p_entity, c.value #>> '{}',
    coalesce('Fields: ' || (select string_agg(f.field_name, ', ' order by f.ordinal, f.field_name) from org.custom_fields f
      where f.entity = p_entity), 'No custom field is declared for ' || p_entity || '.')
  from jsonb_each(p_custom) c
  where not exists (select from org.custom_fields f where f.entity = p_entity and f.field_name = c.key)
  union all
  select f.field_name, org.custom_rule(f.field_type, f.choices), p_custom -> f.field_name #>> '{}', null
  from org.custom_fields f
  where f.entity = p_entity and jsonb_typeof(p_custom -> f.field_name) <> 'null'
    and not org.is_custom_value(f.field_type, f.choices, p_custom -> f.field_name)
  union all
  select f.field_name, 'is required', null, org.custom_rule(f.field_type, f.choices)
  from org.custom_fields f
  where f.entity = p_entity and f.is_required
    and (p_is_new and not p_custom ? f.field_name or jsonb_typeof(p_custom -> f.field_name) = 'null' or p_custom ->> f.field_name = '')
$$;
comment on function org.custom_problems(text, jsonb, boolean) is 'What is wrong with given custom values: unknown fields, values of another type, required ones that are missing (only what is given is judged unless new).';
