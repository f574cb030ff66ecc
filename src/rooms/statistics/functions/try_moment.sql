create or replace function statistics.try_moment(p_text text, p_zone text)
returns timestamptz
language plpgsql stable parallel unsafe
as $$
declare
  v_moment timestamptz;
begin
  v_moment := org.moment(p_text, p_zone);
  -- Wall-clock time that the change of clocks skips is no moment.
  if p_text ~ '^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$' and v_moment at time zone p_zone <> replace(p_text, 'T', ' ')::timestamp then
    return null;
  end if;
  return v_moment;
exception when sqlstate 'QH400' then
  return null;
end
$$;
comment on function statistics.try_moment(text, text) is 'The moment that an ISO 8601 text names, or null where it names none: no such text, or an hour that the clocks of the zone skip.';
