create or replace function statistics.try_moment(p_text text, p_zone text)
returns timestamptz
language plpgsql stable parallel unsafe
as $$
begin
  return org.moment(p_text, p_zone);
exception when sqlstate 'QH400' then
  return null;
end
$$;
comment on function statistics.try_moment(text, text) is 'The moment that an ISO 8601 text names, or null where it names none.';
