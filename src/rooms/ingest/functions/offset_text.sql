create or replace function ingest.offset_text(p_minutes int)
returns text
language sql immutable parallel safe strict
as $$
  select format('%s%s:%s', case when p_minutes < 0 then '-' else '+' end, lpad((abs(p_minutes) / 60)::text, 2, '0'), lpad((abs(p_minutes) % 60)::text, 2, '0'))
$$;
comment on function ingest.offset_text(int) is 'Minutes from UTC as ±HH:MM.';
