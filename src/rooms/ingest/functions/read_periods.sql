create or replace function ingest.read_periods(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_is_load constant boolean := p_kind = 'argus_load';
begin
  if not exists (select from pg_temp.staged_rows r where r.period is null) then
    return;
  end if;
  create temp table unread_periods on commit drop as
  select ingest.place(r.sheet, r.row_number) as place, r.sheet, r.row_number, r.raw ->> 'period' as given,
    coalesce(ingest.cell_text(r.raw ->> 'period'), '') as text,
    -- Nothing at all in the row but white space.
    jsonb_strip_nulls(to_jsonb(r) - '{sheet,row_number,raw}'::text[]) = '{}'
      and not exists (select from jsonb_each_text(r.raw) c where ingest.cell_text(c.value) <> '') as is_empty,
    null::timestamp as period,
    null::text as rule
  from pg_temp.staged_rows r
  where r.period is null;
  if v_is_load then
    update pg_temp.unread_periods u
    set period = ingest.cell_date(regexp_match(u.text, '^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)$')),
      rule = case
        when u.is_empty then null
        when u.text = '' then 'START_BLANK'
        when u.text ~ '^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$' then 'DATE_DOES_NOT_EXIST'
        else 'DATE_FORMAT'
      end;
  else
    perform ingest.read_report_periods();
  end if;
  update pg_temp.staged_rows r
  set period = u.period
  from pg_temp.unread_periods u
  where u.period is not null and r.sheet = u.sheet and r.row_number = u.row_number;
  insert into pg_temp.ignored_rows (place)
  select u.place
  from pg_temp.unread_periods u
  where u.period is null and u.rule is null and not exists (select from pg_temp.found f where f.place = u.place);
  insert into pg_temp.found (place, name, rule, value)
  select u.place, 'period', u.rule, u.given from pg_temp.unread_periods u where u.period is null and u.rule is not null;
  insert into pg_temp.found (place, name, rule, value, occurrences, row_ranges)
  select min(u.place), 'period', 'NOT_A_DATA_ROW', (array_agg(u.given order by u.place))[1], count(*),
    ingest.row_ranges(array_agg(u.row_number))
  from pg_temp.unread_periods u
  where u.period is null and u.rule is null and not u.is_empty
  group by u.sheet;
  drop table pg_temp.unread_periods;
end
$$;
comment on function ingest.read_periods(text) is 'Reads the periods that the file does not give in the exact form; what is none is a finding, or a row that is no data.';
