create or replace function org.import_columns()
returns jsonb
language sql stable parallel safe
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
      'header', f.field_name,
      'aliases', to_jsonb(array[f.title_en, f.title_ru, f.title_es]),
      'name', 'custom_' || f.field_name,
      'kind', case f.field_type when 'number' then 'average' when 'date' then 'date' else 'text' end,
      'optional', true,
      'nullable', true) order by f.ordinal, f.field_name), '[]')
  from org.custom_fields f
  where f.entity = 'employee'
$$;
comment on function org.import_columns() is 'The custom fields of employees as columns of a file, by their names or titles.';
