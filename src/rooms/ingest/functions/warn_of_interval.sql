create or replace function ingest.warn_of_interval(p_minutes int, p_data int, p_given int, p_named int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  if p_given <> p_data then
    perform ingest.warn('INTERVAL_DIFFERS',
      format('The rows look like %s-minute intervals; they were read as %s minutes because that was asked for.', p_data, p_given));
  elsif p_given is null and p_named <> p_data then
    perform ingest.warn('INTERVAL_NAME_DIFFERS',
      format('The file name says %s minutes, but the rows are %s minutes apart: they were read as %s minutes.', p_named, p_data, p_data));
  elsif coalesce(p_given, p_named, p_data) is null and exists (select from pg_temp.staged_periods s where s.problem is null) then
    perform ingest.warn('INTERVAL_ASSUMED',
      format('Neither the rows nor the file name tell the length of the interval: %s minutes were assumed.', p_minutes));
  end if;
end
$$;
comment on function ingest.warn_of_interval(int, int, int, int) is 'Warns when the interval asked for, the file name and the data do not agree.';
