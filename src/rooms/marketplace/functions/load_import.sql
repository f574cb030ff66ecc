create or replace function marketplace.load_import(
  p_batch_id uuid,
  p_replace boolean,
  out rows_inserted bigint,
  out rows_updated bigint,
  out rows_unchanged bigint
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_kind text := (select k.kind from pg_temp.market_kind k);
  v_target record;
  v_rows text;
begin
  perform pg_advisory_xact_lock(hashtextextended('marketplace.load_import', 0));
  -- p_replace changes nothing: a row always takes the place of the one before it.
  select string_agg(format('select t.place, %s as is_new, t.is_new or t.is_changed as is_changed from pg_temp.market_target_%s t',
      case when g.ordinal = g.finest then 't.is_new' else 'false' end, g.ordinal), ' union all ')
  into v_rows
  from (
    select t.ordinal, max(t.ordinal) filter (where t.needs is null) over () as finest from marketplace.import_targets t where t.kind = v_kind
  ) g;
  execute format(
    $query$select count(*) filter (where r.is_new), count(*) filter (where not r.is_new and r.is_changed), count(*) filter (where not r.is_changed)
      from (
        select u.place, bool_or(u.is_new) as is_new, bool_or(u.is_changed) as is_changed
        from (%s union all select g.place, false, true from pg_temp.market_gone g) u
        where not exists (select from pg_temp.rejected_rows x where x.place = u.place)
        group by u.place
      ) r$query$, v_rows) into rows_inserted, rows_updated, rows_unchanged;
  perform marketplace.remove_gone(p_batch_id, v_kind);
  for v_target in select t.ordinal, t.table_name, t.needs from marketplace.import_targets t where t.kind = v_kind order by t.ordinal loop
    execute format('delete from pg_temp.market_target_%s t using pg_temp.rejected_rows x where x.place = t.place', v_target.ordinal);
    -- Rows of one thing say the same here: others were findings.
    execute format(
      'delete from pg_temp.market_target_%1$s t using (select o.id, min(o.place) as place from pg_temp.market_target_%1$s o group by o.id having count(*) > 1) k '
      'where t.id = k.id and t.place > k.place', v_target.ordinal);
    perform marketplace.write_target(p_batch_id, v_kind, v_target.ordinal, v_target.table_name, v_target.needs is not null);
  end loop;
end
$$;
comment on function marketplace.load_import(uuid, boolean) is 'Loads the good rows of an import of the marketplace: new ones are made, of known ones only what differs is written, with what stood there before kept for an undo.';
