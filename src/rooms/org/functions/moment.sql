create or replace function org.moment(p_text text, p_zone text)
returns timestamptz
language plpgsql stable parallel unsafe
as $$
declare
  -- A space before the offset is a plus sign that a URL lost.
  v_parts text[] := regexp_match(p_text,
    '^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,6})?))?(Z|[+\- ]\d{2}(?::?\d{2})?)?)?$');
  v_local timestamp;
begin
  if p_text is null then
    return null;
  end if;
  if v_parts is null or v_parts[2]::int > 23 or v_parts[3]::int > 59 or v_parts[4]::numeric >= 60 then
    raise exception using errcode = 'QH400',
      message = format('%L is not an ISO 8601 time', p_text),
      hint = 'Write 2025-03-01, 2025-03-01T09:15 (in the service''s zone) or 2025-03-01T09:15:00+05:00.';
  end if;
  v_local := v_parts[1]::date
    + make_interval(hours => coalesce(v_parts[2]::int, 0), mins => coalesce(v_parts[3]::int, 0),
      secs => coalesce(v_parts[4]::double precision, 0));
  if v_parts[5] is null then
    return org.local_moment(v_local, p_zone);
  end if;
  if v_parts[5] = 'Z' then
    return v_local at time zone 'UTC';
  end if;
  return (v_local::text || replace(v_parts[5], ' ', '+'))::timestamptz;
exception
  when datetime_field_overflow or invalid_datetime_format or invalid_time_zone_displacement_value then
    raise exception using errcode = 'QH400',
      message = format('%L does not exist in the calendar', p_text),
      hint = 'Check day, month and offset; the form is YYYY-MM-DDTHH:MM:SS+HH:MM.';
end
$$;
comment on function org.moment(text, text) is 'The moment that an ISO 8601 text names; without an offset it is wall-clock time in the given zone.';
