create or replace function platform.announce_access()
returns void
language sql volatile parallel restricted
as $$
  select pg_catalog.pg_notify('qh', '{"topic": "platform.auth"}')
$$;
comment on function platform.announce_access() is 'Tells every node that a role, person, key or session changed, so that none goes by what it remembers.';
