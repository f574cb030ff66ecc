create or replace function api.set_custom_field(
  p_entity text,
  p_field_name text,
  p_field_type text,
  p_title_en text,
  p_title_ru text default null,
  p_title_es text default null,
  p_is_required boolean default null,
  p_is_personal boolean default null,
  p_choices text[] default null,
  p_ordinal int default null
)
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
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_wrong bigint;
begin
  perform org.check_choice('entity', p_entity, '{employee,department,site,position}'),
    org.check_choice('field_type', p_field_type, '{text,number,date,choice,boolean}');
  if p_field_name !~ '^[a-z][a-z0-9_]{0,39}$' then
    raise exception using errcode = 'QH400', message = format('%L cannot be the name of a field', p_field_name),
      hint = 'A name has small letters, digits and underscores, begins with a letter, and has at most 40 characters.';
  end if;
  if (p_field_type = 'choice') <> (coalesce(cardinality(p_choices), 0) > 0) then
    raise exception using errcode = 'QH400', message = 'choices belong to a field of type choice, and only to it',
      hint = 'Give the values that can be chosen, or another type.';
  end if;
  select count(*) into v_wrong
  from org.custom_values(p_entity, p_field_name) as v (value)
  where not org.is_custom_value(p_field_type, p_choices, v.value);
  if v_wrong > 0 then
    raise exception using errcode = 'QH409',
      message = format('%s values that are there would not fit: %s %s', v_wrong, p_field_name, org.custom_rule(p_field_type, p_choices)),
      hint = 'Change these values first, or declare a field of another name.';
  end if;
  insert into org.custom_fields as f (entity, field_name, title_en, title_ru, title_es, field_type, is_required, is_personal, choices, ordinal,
    created_at, updated_at)
  values (p_entity, p_field_name, org.checked_text('title_en', p_title_en, 100), coalesce(nullif(p_title_ru, ''), p_title_en),
    coalesce(nullif(p_title_es, ''), p_title_en), p_field_type, coalesce(p_is_required, false), coalesce(p_is_personal, false),
    case when p_field_type = 'choice' then p_choices end, coalesce(p_ordinal, 0), platform.now(), platform.now())
  on conflict on constraint custom_fields_pkey do update
  set title_en = excluded.title_en, title_ru = excluded.title_ru, title_es = excluded.title_es, field_type = excluded.field_type,
    is_required = excluded.is_required, is_personal = excluded.is_personal, choices = excluded.choices, ordinal = excluded.ordinal,
    updated_at = excluded.updated_at;
  return query select l.* from api.list_custom_fields(p_entity) l where l.field_name = p_field_name;
end
$$;
comment on function api.set_custom_field(text, text, text, text, text, text, boolean, boolean, text[], int) is 'Declares a custom field, or changes its declaration as a whole; QH409 when values that are there would not fit. Titles that are left out are the English one.';
