create or replace function ingest.list_periods(p_kind text, p_first_year int, p_last_year int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.staged_periods (sheet, period)
  select distinct r.sheet, r.period from pg_temp.staged_rows r where r.period is not null;
  update pg_temp.staged_periods p
  set problem = case
      when extract(year from p.period) not between p_first_year and p_last_year then 'OUTSIDE_YEARS'
      else 'OUTSIDE_TITLE'
    end
  from pg_temp.staged_sheets s
  where s.sheet = p.sheet
    and (extract(year from p.period) not between p_first_year and p_last_year
      or p.period < s.title_from - interval '1 day' or p.period >= s.title_to + interval '2 days');
end
$$;
comment on function ingest.list_periods(text, int, int) is 'Lists the distinct periods of the staged rows and marks those outside the believed years or more than a day outside the title''s dates.';
