create or replace function marketplace.write_target(p_batch_id uuid, p_kind text, p_ordinal int, p_table text, p_keeps_all boolean)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_names text[];
  v_rows text;
  -- The month that a child has of its request, so that no trigger looks it up row by row.
  v_has_month boolean := exists (
    select from pg_attribute a
    where a.attrelid = format('marketplace.%I', p_table)::regclass and a.attname = 'mes' and a.attgenerated = '' and not a.attisdropped);
begin
  select array_agg(c.name) into v_names from marketplace.target_columns(p_kind, p_ordinal) c where c.name <> 'id';
  v_rows := format('pg_temp.market_target_%s', p_ordinal);
  -- What an import made goes whole with its undo and needs no copy; awards may be taken back and come again, and keep one.
  execute format(
    $query$insert into marketplace.import_loads (batch_id, table_name, row_id, given, before)
      select $1, %1$L, t.id, case when t.is_changed or %2$L then jsonb_build_object(%3$s) end, case when not t.is_new then jsonb_build_object(%4$s) end
      from %5$s t
      left join marketplace.%1$I x on x.id = t.id and not t.is_new$query$,
    p_table, p_keeps_all,
    (select string_agg(format('%1$L, t.%1$I', n.name), ', ') from unnest(v_names) as n (name)),
    (select string_agg(format('%1$L, x.%1$I', n.name), ', ') from unnest(v_names) as n (name)), v_rows) using p_batch_id;
  execute format('insert into marketplace.%1$I (id, %2$s) select t.id, %3$s from %4$s t %5$s where t.is_new',
    p_table, (select string_agg(quote_ident(n.name), ', ') from unnest(v_names) as n (name)) || case when v_has_month then ', mes' else '' end,
    (select string_agg(format('t.%I', n.name), ', ') from unnest(v_names) as n (name)) || case when v_has_month then ', s.mes' else '' end,
    v_rows, case when v_has_month then 'join marketplace.solicitudes s on s.id = t.solicitud_id' else '' end);
  execute format('update marketplace.%1$I x set %2$s from %3$s t where x.id = t.id and t.is_changed',
    p_table, (select string_agg(format('%1$I = t.%1$I', n.name), ', ') from unnest(v_names) as n (name)), v_rows);
end
$$;
comment on function marketplace.write_target(uuid, text, int, text, boolean) is 'Writes the good rows of an import into one table, and what an undo needs: new ones are made, of known ones only those that differ are written.';
