create or replace function statistics.moment_problem(p_text text, p_zone text)
returns text
language plpgsql stable parallel unsafe
as $$
begin
  perform org.moment(p_text, p_zone);
  return format('interval_start_time %s does not exist in %s: the clocks skip it', p_text, p_zone);
exception when sqlstate 'QH400' then
  return 'interval_start_time is not an ISO 8601 time: ' || p_text;
end
$$;
comment on function statistics.moment_problem(text, text) is 'Why try_moment finds no moment in a text.';
