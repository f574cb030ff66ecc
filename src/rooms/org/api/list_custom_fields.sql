create or replace function api.list_custom_fields(p_entity text default null)
returns table (
  entity text,
  field_name text,
  title_en text,
  title_ru text,
  title_es text,
  field_type text,
  is_required boolean,
  is_personal boolean,
  choices text[],
  ordinal int,
  created_at timestamptz,
  updated_at timestamptz
)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select f.entity, f.field_name, f.title_en, f.title_ru, f.title_es, f.field_type, f.is_required, f.is_personal, f.choices, f.ordinal,
    f.created_at, f.updated_at
  from org.custom_fields f
  where p_entity is null or f.entity = p_entity
  order by f.entity, f.ordinal, f.field_name
$$;
comment on function api.list_custom_fields(text) is 'The custom fields that are declared, of one entity or of all.';
