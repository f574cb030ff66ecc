create or replace function statistics.analyze_changed(p_rows int default 50000)
returns int
language plpgsql volatile parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_table text;
  v_count int := 0;
begin
  -- Sooner than autovacuum, which looks once a minute and wants a tenth of the table to be new, and never the parent: that reads every partition.
  for v_table in
    select format('%I.%I', s.schemaname, s.relname)
    from pg_catalog.pg_stat_user_tables s
    join pg_catalog.pg_class c on c.oid = s.relid and c.relkind = 'r'
    where s.schemaname = 'statistics' and s.n_mod_since_analyze >= greatest(p_rows, s.n_live_tup / 10)
  loop
    execute format('analyze %s', v_table);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function statistics.analyze_changed(int) is 'Refreshes planner statistics of the tables of this room in which many rows (50,000, and a tenth) are new since they were last made; answers of how many.';
