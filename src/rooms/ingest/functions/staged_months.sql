create or replace function ingest.staged_months()
returns date[]
language plpgsql volatile parallel unsafe
as $$
begin
  -- Partitions are by month in UTC.
  return (
    select coalesce(array_agg(distinct date_trunc('month', i.interval_start_time, 'UTC')::date), '{}')
    from (select distinct interval_start_time from pg_temp.interval_rows) i);
end
$$;
comment on function ingest.staged_months() is 'The months (UTC) of the rows that wait for the loader.';
