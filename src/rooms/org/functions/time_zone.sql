create or replace function org.time_zone(p_zone text)
returns text
language plpgsql stable parallel unsafe
as $$
declare
  v_name text;
begin
  if p_zone is null then
    return null;
  end if;
  -- A name of letters with a slash is either IANA or unknown, and PostgreSQL tells which in a microsecond.
  -- Anything else could also be an abbreviation or a POSIX rule with inverted sign (UTC+3 is west), so it is
  -- looked up in the list, which costs a walk through the files.
  if p_zone ~ '^[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+)+$' then
    begin
      perform '2000-01-01 00:00+00'::timestamptz at time zone p_zone;
      return p_zone;
    exception when invalid_parameter_value then
      null;
    end;
  elsif p_zone = 'UTC' then
    return p_zone;
  end if;
  select z.name into v_name from pg_catalog.pg_timezone_names z where lower(z.name) = lower(p_zone);
  if found then
    return v_name;
  end if;
  raise exception using errcode = 'QH400',
    message = format('%L is not an IANA time zone', p_zone),
    hint = coalesce('Did you mean: ' || (
      select org.closest_codes(p_zone, array_agg(z.name)) from pg_catalog.pg_timezone_names z
      where z.name !~ '^(posix|right)/' and z.name like '%/%') || '?', 'Use a name like Europe/Berlin or UTC.');
end
$$;
comment on function org.time_zone(text) is 'The name of an IANA time zone (null stays null); QH400 with the closest names when PostgreSQL does not know it.';
