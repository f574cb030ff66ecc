create or replace function ingest.settle_repeats()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  if not exists (select from pg_temp.staged_periods p where p.later is not null) then
    return;
  end if;
  update pg_temp.interval_rows i
  set interval_start_time = i.interval_start_time + s.back
  from (
    select x.row_number, p.later - p.moment as back,
      row_number() over (partition by x.source_id, x.interval_start_time order by x.row_number) as nth
    from pg_temp.staged_periods p
    join pg_temp.staged_rows r on r.sheet = p.sheet and r.period = p.period
    join pg_temp.interval_rows x on x.row_number = ingest.place(r.sheet, r.row_number)
    where p.later is not null
  ) s
  where s.nth > 1 and i.row_number = s.row_number;
end
$$;
comment on function ingest.settle_repeats() is 'In the repeated hour of a clock change a source''s first stamp is the earlier moment, the second equal stamp the later one.';
