create or replace function marketplace.moment_text(p_moment timestamptz)
returns text
language sql stable parallel safe
return pg_catalog.to_char(p_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

comment on function marketplace.moment_text(timestamptz) is 'A moment as findings of an import show it: in UTC.';
