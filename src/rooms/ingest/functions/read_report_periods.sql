create or replace function ingest.read_report_periods()
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_dotted constant text := '^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d)(?::(\d\d))?$';
  v_slashed constant text := '^(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))?$';
  v_shape constant text := '^(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T]+[\d:.]*)?( ?[AaPp][Mm])?Z?|[+-]?\d+([.,]\d+)?)$';
  v_day_first boolean;
  v_month_first boolean;
  v_example text;
begin
  update pg_temp.unread_periods u
  set period = ingest.cell_date(regexp_match(u.text, v_dotted)),
    rule = case when u.text ~ v_shape then 'PERIOD_NOT_A_DATE' end;
  select bool_or(p.parts[1]::int > 12 and p.parts[2]::int <= 12), bool_or(p.parts[2]::int > 12 and p.parts[1]::int <= 12), min(p.text)
  into v_day_first, v_month_first, v_example
  from (select u.text, regexp_match(u.text, v_slashed) as parts from pg_temp.unread_periods u) p
  where p.parts is not null;
  if v_example is null then
    return;
  end if;
  if v_day_first and not v_month_first then
    update pg_temp.unread_periods u
    set period = ingest.cell_date(regexp_match(u.text, v_slashed))
    where u.text ~ v_slashed;
    return;
  end if;
  -- A few such rows among proper ones are rejected; a file of nothing else is refused as a whole.
  if not exists (select from pg_temp.staged_rows r where r.period is not null) then
    raise exception using errcode = 'QH415',
      message = format('periods like %L do not tell day from month', v_example),
      hint = case when v_month_first
        then 'The months seem to come first. Print the report with periods as DD.MM.YYYY HH:MM and import that file.'
        else 'No period has a day above 12. Print the report with periods as DD.MM.YYYY HH:MM and import that file.' end;
  end if;
  update pg_temp.unread_periods u set rule = 'DATE_ORDER_UNKNOWN' where u.text ~ v_slashed;
end
$$;
comment on function ingest.read_report_periods() is 'Periods of the report: DD.MM.YYYY HH:MM, or DD/MM/YYYY HH:MM where a day above 12 proves the order; QH415 when the whole file leaves it open.';
