create or replace function ingest.cell_date(p_parts text[])
returns timestamp
language sql immutable parallel safe strict
as $$
  select case
      when p.month between 1 and 12 and p.year between 1 and 9999 and p.hour <= 23 and p.minute <= 59 and p.second <= 59
        and p.day between 1 and case
          when p.month in (4, 6, 9, 11) then 30
          when p.month <> 2 then 31
          when p.year % 4 = 0 and (p.year % 100 <> 0 or p.year % 400 = 0) then 29
          else 28
        end
      then make_timestamp(p.year, p.month, p.day, p.hour, p.minute, p.second)
    end
  from (
    select p_parts[1]::int as day, p_parts[2]::int as month, p_parts[3]::int as year,
      coalesce(p_parts[4], '0')::int as hour, coalesce(p_parts[5], '0')::int as minute, coalesce(p_parts[6], '0')::int as second
  ) p
$$;
comment on function ingest.cell_date(text[]) is 'The date that {day, month, year, hour, minute, second} is; null when the calendar or the clock does not have it.';
