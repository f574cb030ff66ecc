create or replace function org.given_fields(p_row jsonb)
returns jsonb
language sql immutable parallel safe
as $$
  select coalesce((
      select jsonb_object_agg(f.name, coalesce(p_row -> f.name, 'null'))
      from unnest('{last_name,first_name,middle_name,email,phone,hire_date,leave_date,agent_code}'::text[]) as f (name)
      where p_row -> 'given' ? f.name), '{}')
    || coalesce((select jsonb_object_agg('custom.' || c.key, c.value) from jsonb_each(p_row -> 'custom') c), '{}')
$$;
comment on function org.given_fields(jsonb) is 'What a row of an import says of a person: field → value, null where its cell is empty; nothing for columns that the file lacks.';
