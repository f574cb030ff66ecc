create or replace function quality.statements()
returns table (id bigint, query text, calls bigint, total_ms double precision, row_count bigint)
language plpgsql
stable
parallel unsafe
as $$
declare
  v_schema name;
begin
  select n.nspname into v_schema
  from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pg_stat_statements';
  if v_schema is null then
    return;
  end if;
  begin
    return query execute format(
      'select s.queryid, max(s.query), sum(s.calls)::bigint, sum(s.total_exec_time), sum(s.rows)::bigint
       from %I.pg_stat_statements s
       where s.dbid = (select d.oid from pg_catalog.pg_database d where d.datname = current_database()) and s.queryid is not null
       group by s.queryid', v_schema);
  exception when others then
    -- Made, but not preloaded, or not ours to read: the same as not there.
    return;
  end;
end
$$;
comment on function quality.statements() is 'What pg_stat_statements counted in this database since its own beginning; nothing where it is not there.';
