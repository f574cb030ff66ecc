create or replace function platform.only_fields(p_entry jsonb, p_fields text[])
returns jsonb
language sql immutable parallel safe security invoker
return case when p_fields is null then p_entry
  else coalesce((select jsonb_object_agg(e.key, e.value) from jsonb_each(p_entry) as e where e.key = any (p_fields)), '{}') end;
comment on function platform.only_fields(jsonb, text[]) is 'An entry with these of its fields alone; with all where none are named.';
