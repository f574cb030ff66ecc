create or replace function org.is_phone(p_text text)
returns boolean
language sql immutable parallel safe strict
as $$
  select p_text ~ '^\+?[\d ()./-]{2,48}( ?(ext|доб)\.? ?\d{1,6})?$' and p_text ~ '\d.*\d'
$$;
comment on function org.is_phone(text) is 'Whether a text has the form of a phone number; a masked one has not.';
