create or replace function marketplace.refresh_materialized(
  p_view text,
  out row_count bigint,
  out changed_count bigint,
  out is_incremental boolean
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_view regclass := format('marketplace.%I', p_view);
  v_before bigint;
  v_new bigint;
  v_concurrently boolean;
begin
  -- Beside its readers it is refreshed only when it has data and a unique key; the first filling has no readers.
  select c.relispopulated and exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null)
  into v_concurrently
  from pg_class c
  where c.oid = v_view;
  v_before := 0;
  if v_concurrently then
    execute format('select count(*) from marketplace.%I', p_view) into v_before;
  end if;
  execute format('refresh materialized view %s marketplace.%I', case when v_concurrently then 'concurrently' end, p_view);
  -- A row that this transaction wrote is not older than it.
  execute format('select count(*), count(*) filter (where age(v.xmin) <= age(pg_current_xact_id()::xid)) from marketplace.%I v', p_view)
  into row_count, v_new;
  changed_count := greatest(v_new, v_before + v_new - row_count);
  is_incremental := false;
end
$$;
comment on function marketplace.refresh_materialized(text) is 'Refreshes a materialized view of this room, beside its readers where it has a unique key.';
