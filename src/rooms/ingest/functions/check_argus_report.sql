create or replace function ingest.check_argus_report(p_minutes int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  perform ingest.check_rows('argus_report', p_minutes);
  insert into pg_temp.found (place, name, rule, value)
  select ingest.place(r.sheet, r.row_number), 'source_name', case when r.raw ? 'source_name' then 'NAME_NOT_TEXT' else 'NAME_TOO_LONG' end,
    coalesce(r.raw ->> 'source_name', left(r.source_name, 255))
  from pg_temp.staged_rows r
  where r.period is not null and (length(r.source_name) > 255 or r.raw ? 'source_name');
end
$$;
comment on function ingest.check_argus_report(int) is 'Finds what breaks a rule in the staged rows of a report “Входящие проекты”.';
