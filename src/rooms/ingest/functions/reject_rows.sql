create or replace function ingest.reject_rows()
returns bigint
language sql volatile parallel unsafe
as $$
  with rejected as (
    insert into pg_temp.rejected_rows (place)
    select distinct f.place
    from pg_temp.found f
    join ingest.rules s on s.rule = f.rule and s.severity = 'error'
    where f.place is not null
    on conflict (place) do nothing
    returning 1
  ), removed as (
    delete from pg_temp.interval_rows i
    using pg_temp.found f, ingest.rules s
    where f.place = i.row_number and s.rule = f.rule and s.severity = 'error'
    returning 1
  )
  select pg_catalog.count(*) from rejected
$$;
comment on function ingest.reject_rows() is 'Rejects every staged row that an error was found in; returns how many are new.';
