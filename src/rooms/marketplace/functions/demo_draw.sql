create or replace function marketplace.demo_draw(p_number bigint, p_what int, p_below int)
returns int
language sql immutable parallel safe
return ((pg_catalog.hashint8extended(p_number, p_what) & 2147483647) % p_below)::int;

comment on function marketplace.demo_draw(bigint, int, int) is 'A number below another that looks drawn and is the same every time.';
