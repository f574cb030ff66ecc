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
    -- One that said what was there already has no words of its own yet.
    set before = l.before, given = coalesce(n.given, n.before)
    from marketplace.import_loads l
    where l.batch_id = p_batch_id and n.load_id = (
      select min(x.load_id) from marketplace.import_loads x where x.table_name = l.table_name and x.row_id = l.row_id and x.load_id > l.load_id)
    returning l.load_id
  )
  delete from marketplace.import_loads l using later t where l.batch_id = p_batch_id and l.load_id = t.load_id;
  for v_table in select l.table_name, (
      select string_agg(format('%1$I = r.%1$I', c.key), ', ')
      from (
        select o.before from marketplace.import_loads o
        where o.batch_id = p_batch_id and o.table_name = l.table_name and o.before is not null and o.given <> 'null' limit 1
      ) o
      cross join lateral jsonb_object_keys(o.before - 'id') as c (key)) as settings,
      string_agg(distinct quote_ident(a.attname), ', ') as columns, string_agg(distinct 'r.' || quote_ident(a.attname), ', ') as values
    from (
      select o.table_name, max(o.load_id) as load_id from marketplace.import_loads o where o.batch_id = p_batch_id group by o.table_name
    ) l
    join pg_attribute a on a.attrelid = format('marketplace.%I', l.table_name)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by l.table_name, l.load_id
    order by l.load_id desc
  loop
    perform marketplace.refuse_needed(p_batch_id, v_table.table_name);
    execute format(
      'delete from marketplace.%1$I x using marketplace.import_loads l where l.batch_id = $1 and l.table_name = %1$L and l.before is null and x.id = l.row_id',
      v_table.table_name) using p_batch_id;
    get diagnostics v_count = row_count;
    rows_deleted := rows_deleted + v_count;
    -- What it took away comes back, unless something else stands there by now.
    execute format(
      $query$insert into marketplace.%1$I (%2$s)
        select %3$s from marketplace.import_loads l cross join lateral jsonb_populate_record(null::marketplace.%1$I, l.before) r
        where l.batch_id = $1 and l.table_name = %1$L and l.given = 'null' and l.before is not null
        on conflict do nothing$query$, v_table.table_name, v_table.columns, v_table.values) using p_batch_id;
    get diagnostics v_count = row_count;
    rows_restored := rows_restored + v_count;
    continue when v_table.settings is null;
    -- What somebody changed since stays as it is.
    execute format(
      $query$update marketplace.%1$I x set %2$s
        from marketplace.import_loads l
        cross join lateral jsonb_populate_record(null::marketplace.%1$I, l.before) r
        cross join lateral jsonb_populate_record(null::marketplace.%1$I, l.given) g
        where l.batch_id = $1 and l.table_name = %1$L and l.before <> l.given and l.given <> 'null' and x.id = l.row_id and to_jsonb(x) @> (
          select jsonb_object_agg(c.key, c.value) from jsonb_each(to_jsonb(g)) c where l.given ? c.key)$query$,
      v_table.table_name, v_table.settings) using p_batch_id;
    get diagnostics v_count = row_count;
    rows_restored := rows_restored + v_count;
  end loop;
  delete from marketplace.import_loads l where l.batch_id = p_batch_id;
end
$$;
comment on function marketplace.undo_load(uuid) is 'Makes the rows what they would be if the import had never been: those it made go, what it overwrote comes back unless somebody changed it since. An unknown import gives zeros.';
