create or replace function ingest.read_record_periods()
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_settings record;
begin
  if not exists (select from pg_temp.staged_kind k where k.kind = 'period') then
    return;
  end if;
  select * into v_settings from ingest.settings();
  update pg_temp.staged_rows r
  set period = coalesce(
    ingest.cell_date(regexp_match(c.text, '^(\d{1,2})\.(\d{1,2})\.(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?$')),
    (select ingest.cell_date(array[m.p[3], m.p[2], m.p[1], m.p[4], m.p[5], m.p[6]])
     from regexp_match(c.text, '^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$') as m (p)))
  from pg_temp.staged_rows o
  cross join lateral (select ingest.cell_text(o.raw ->> 'period') as text) c
  where o.raw ? 'period' and r.sheet = o.sheet and r.row_number = o.row_number;
  insert into pg_temp.found (place, name, rule, value)
  select ingest.place(r.sheet, r.row_number), 'period', v.rule, coalesce(r.raw ->> 'period', to_char(r.period, 'DD.MM.YYYY HH24:MI:SS'))
  from pg_temp.staged_rows r
  cross join lateral (
    values
      ('VALUE_BLANK', r.period is null and coalesce(ingest.cell_text(r.raw ->> 'period'), '') = ''),
      ('PERIOD_NOT_A_DATE', r.period is null and ingest.cell_text(r.raw ->> 'period') <> ''),
      ('OUTSIDE_YEARS', extract(year from r.period) not between v_settings.first_year and v_settings.last_year)
  ) as v (rule, is_broken)
  where v.is_broken;
end
$$;
comment on function ingest.read_record_periods() is 'Reads the periods of staged records whose kind has them; what is no date, is missing, or lies outside the years that are believed is a finding.';
