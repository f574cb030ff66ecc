create or replace function platform.cron_values(p_field text, p_low int, p_high int)
returns int[]
language sql
immutable
parallel safe
as $$
  -- A list of parts: * or n or n-m, each with an optional step.
  select array_agg(distinct v order by v)
  from unnest(string_to_array(p_field, ',')) as part
  cross join lateral (select split_part(part, '/', 1) as span, coalesce(nullif(split_part(part, '/', 2), ''), '1')::int as step) s
  cross join lateral generate_series(
    case when s.span = '*' then p_low else split_part(s.span, '-', 1)::int end,
    case when s.span = '*' then p_high when s.span like '%-%' then split_part(s.span, '-', 2)::int when part like '%/%' then p_high else s.span::int end,
    s.step) as v
$$;
comment on function platform.cron_values(text, int, int) is 'The numbers that a field of a cron expression stands for.';
