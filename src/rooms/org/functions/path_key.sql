create or replace function org.path_key(p_path text)
returns text
language sql immutable parallel safe strict
as $$
  select pg_catalog.lower(pg_catalog.regexp_replace(pg_catalog.btrim(p_path, ' /'), '\s*/\s*', '/', 'g'))
$$;
comment on function org.path_key(text) is 'A path of names in the form in which two are compared: without regard to case and to spaces around slashes.';
