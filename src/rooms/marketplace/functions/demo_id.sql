create or replace function marketplace.demo_id(p_kind text, p_number bigint)
returns uuid
language sql immutable parallel safe
return pg_catalog.md5('demo ' || p_kind || ' ' || p_number)::uuid;

comment on function marketplace.demo_id(text, bigint) is 'The id of a row of the demo: the same on every machine.';
