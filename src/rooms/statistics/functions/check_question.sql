create or replace function statistics.check_question(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_interval_minutes int,
  p_time_zone text,
  p_by text
)
returns void
language plpgsql stable parallel unsafe
as $$
begin
  if p_start_time is null or p_end_time is null or not isfinite(p_start_time) or not isfinite(p_end_time) then
    raise exception using errcode = 'QH400',
      message = 'a start and an end of the time are needed',
      hint = 'Give p_start_time and p_end_time; the end is exclusive.';
  end if;
  if p_interval_minutes is not null and p_interval_minutes not in (10080, 43200)
    and (p_interval_minutes not between 5 and 1440 or 1440 % p_interval_minutes <> 0) then
    raise exception using errcode = 'QH400',
      message = format('intervals of %s minutes are not possible', p_interval_minutes),
      hint = 'Give 5 to 1440 minutes that divide a day, 10080 for ISO weeks or 43200 for months.';
  end if;
  if p_by is not null and p_by not in ('service', 'queue') then
    raise exception using errcode = 'QH400',
      message = format('figures by %L are not possible', p_by),
      hint = 'Give service or queue.';
  end if;
  if p_time_zone is not null then
    begin
      perform p_start_time at time zone p_time_zone;
    exception when invalid_parameter_value then
      raise exception using errcode = 'QH400',
        message = format('there is no time zone %L', p_time_zone),
        hint = 'Give an IANA name, e.g. Europe/Moscow.';
    end;
  end if;
end
$$;
comment on function statistics.check_question(timestamptz, timestamptz, int, text, text) is
  'Refuses a question to figures() that has no answer, and says why.';
