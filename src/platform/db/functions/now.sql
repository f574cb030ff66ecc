create or replace function platform.now()
returns timestamptz
language sql
stable
parallel safe
return coalesce(nullif(current_setting('qh.now', true), '')::timestamptz, pg_catalog.now());

comment on function platform.now() is 'The only clock: the start of the transaction, or the moment that the setting qh.now holds.';
