create or replace function statistics.drop_interval_rows()
returns void
language plpgsql volatile parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  drop table if exists pg_temp.interval_rows;
end
$$;
comment on function statistics.drop_interval_rows() is 'Takes away what make_interval_rows() keeps in this session, for an import that brings a table of its own.';
