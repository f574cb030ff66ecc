create or replace function ingest.fill_argus_load(p_service_id int, p_own_name text, p_minutes int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- The averages are per non-unique contact (column C).
  insert into pg_temp.interval_rows (
    row_number, service_id, source_id, interval_start_time, interval_minutes,
    unique_offered, offered, talk_seconds, wrap_seconds, reported_talk_avg_seconds, reported_wrap_avg_seconds)
  select ingest.place(r.sheet, r.row_number), p_service_id, n.source_id, p.moment + n.shift, p_minutes,
    r.unique_offered, r.offered, r.talk_avg_seconds * r.offered, r.wrap_avg_seconds * r.offered,
    r.talk_avg_seconds, r.wrap_avg_seconds
  from pg_temp.staged_rows r
  join pg_temp.staged_periods p on p.sheet = r.sheet and p.period = r.period
  join pg_temp.staged_names n on n.name = coalesce(r.source_name, p_own_name)
  where not exists (select from pg_temp.rejected_rows x where x.place = ingest.place(r.sheet, r.row_number));
end
$$;
comment on function ingest.fill_argus_load(int, text, int) is 'Gives the good rows of a staged load import to the loader, averages turned into sums.';
