create or replace function statistics.make_interval_rows()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  drop table if exists pg_temp.interval_rows;
  create temp table interval_rows of statistics.interval_row on commit drop;
end
$$;
comment on function statistics.make_interval_rows() is 'Makes the empty pg_temp.interval_rows that load_interval_rows reads; it goes with the transaction.';
