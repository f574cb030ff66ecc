create or replace function statistics.make_interval_rows()
returns void
language plpgsql volatile parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regclass('pg_temp.interval_rows') is not null then
    delete from pg_temp.interval_rows;
    return;
  end if;
  -- Kept as long as the session, so that its plans are: to plan a load anew costs ten times what a small one takes.
  create temp table interval_rows of statistics.interval_row on commit delete rows;
  grant select, insert, update, delete on pg_temp.interval_rows to public;
end
$$;
comment on function statistics.make_interval_rows() is 'Makes the empty pg_temp.interval_rows that load_interval_rows reads; its rows go with the transaction.';
