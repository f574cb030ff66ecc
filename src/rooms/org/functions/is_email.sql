create or replace function org.is_email(p_text text)
returns boolean
language sql immutable parallel safe strict
as $$
  select p_text ~ '^[^@\s*…]+@[^@\s*…]+\.[^@\s.*…]+$' and pg_catalog.length(p_text) <= 254
$$;
comment on function org.is_email(text) is 'Whether a text has the form of an e-mail address; a masked one has not.';
