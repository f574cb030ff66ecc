create or replace function marketplace.undo_load(p_batch_id uuid, out rows_deleted bigint, out rows_restored bigint)
language plpgsql volatile parallel unsafe
as $$
declare
  v_table record;
  v_count bigint;
begin
  rows_deleted := 0;
  rows_restored := 0;
  perform pg_advisory_xact_lock(hashtextextended('marketplace.load_import', 0));
  -- What a later import said stands: to it, the row was before what it was before this one.
  with later as (
    update marketplace.import_loads n
    set before = l.before
    from marketplace.import_loads l
    where l.batch_id = p_batch_id and n.load_id = (
      select min(x.load_id) from marketplace.import_loads x where x.table_name = l.table_name and x.row_id = l.row_id and x.load_id > l.load_id)
    returning l.load_id
  )
  delete from marketplace.import_loads l using later t where l.load_id = t.load_id;
  for v_table in select l.table_name, (
      select string_agg(format('%1$I = r.%1$I', c.key), ', ')
      from (select o.given from marketplace.import_loads o where o.batch_id = p_batch_id and o.table_name = l.table_name limit 1) o
      cross join lateral jsonb_object_keys(o.given - 'id') as c (key)) as settings
    from marketplace.import_loads l
    where l.batch_id = p_batch_id
    group by l.table_name
    order by max(l.load_id) desc
  loop
    perform marketplace.refuse_needed(p_batch_id, v_table.table_name);
    execute format(
      'delete from marketplace.%1$I x using marketplace.import_loads l where l.batch_id = $1 and l.table_name = %1$L and l.before is null and x.id = l.row_id',
      v_table.table_name) using p_batch_id;
    get diagnostics v_count = row_count;
    rows_deleted := rows_deleted + v_count;
    -- What somebody changed since stays as it is.
    execute format(
      $query$update marketplace.%1$I x set %2$s
        from marketplace.import_loads l
        cross join lateral jsonb_populate_record(null::marketplace.%1$I, l.before) r
        cross join lateral jsonb_populate_record(null::marketplace.%1$I, l.given) g
        where l.batch_id = $1 and l.table_name = %1$L and l.before <> l.given and x.id = l.row_id and to_jsonb(x) @> (
          select jsonb_object_agg(c.key, c.value) from jsonb_each(to_jsonb(g)) c where l.given ? c.key)$query$,
      v_table.table_name, v_table.settings) using p_batch_id;
    get diagnostics v_count = row_count;
    rows_restored := rows_restored + v_count;
  end loop;
  delete from marketplace.import_loads l where l.batch_id = p_batch_id;
end
$$;
comment on function marketplace.undo_load(uuid) is 'Makes the rows what they would be if the import had never been: those it made go, what it overwrote comes back unless somebody changed it since. An unknown import gives zeros.';
