create or replace function ingest.declared_columns(p_columns jsonb)
returns table (name text, kind text, header text, nullable boolean, ordinal int)
language sql immutable parallel safe
as $$
  select c.value ->> 'name', c.value ->> 'kind', c.value ->> 'header',
    coalesce((c.value ->> 'nullable')::boolean, false), c.ordinality::int
  from pg_catalog.jsonb_array_elements(p_columns) with ordinality as c
$$;
comment on function ingest.declared_columns(jsonb) is 'The declared columns of a kind of file as rows.';
