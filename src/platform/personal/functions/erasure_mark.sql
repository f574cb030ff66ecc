create or replace function platform.erasure_mark(p_kind text, p_value text)
returns bytea
language sql stable parallel safe
as $$
  -- A keyed hash of a hash of both, so that no longer value can be made to fit.
  select sha256(k.key || sha256(k.key || convert_to(p_kind || ':' || lower(btrim(p_value)), 'UTF8')))
  from (select decode(nullif(pg_catalog.current_setting('qh.erasure_key', true), ''), 'hex') as key) k
  where nullif(btrim(p_value), '') is not null
$$;
comment on function platform.erasure_mark(text, text) is 'The mark under which a number or address of somebody erased is remembered; null where the transaction was not given the key (setting qh.erasure_key), which the database does not have.';
