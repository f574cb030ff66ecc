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
  v_target record;
begin
  perform pg_advisory_xact_lock(hashtextextended('marketplace.load_import', 0));
  delete from pg_temp.market_targets t using pg_temp.rejected_rows x where x.place = t.place;
  -- p_replace changes nothing: a row always takes the place of the one before it.
  select count(*) filter (where r.is_new), count(*) filter (where not r.is_new and r.is_changed), count(*) filter (where not r.is_new and not r.is_changed)
  into rows_inserted, rows_updated, rows_unchanged
  from (
    select bool_or(t.is_new and t.ordinal = f.finest) as is_new, bool_or(t.before is distinct from t.data) as is_changed
    from pg_temp.market_targets t
    cross join (
      select max(g.ordinal) as finest from marketplace.import_targets g join pg_temp.market_kind k on k.kind = g.kind where g.needs is null
    ) f
    group by t.place
  ) r;
  for v_target in select g.ordinal, g.table_name, s.columns, s.settings
    from marketplace.import_targets g
    join pg_temp.market_kind k on k.kind = g.kind
    cross join lateral (
      select string_agg(quote_ident(c.key), ', ') as columns, string_agg(format('%1$I = r.%1$I', c.key), ', ') as settings
      from (select t.data from pg_temp.market_targets t where t.ordinal = g.ordinal limit 1) d
      cross join lateral jsonb_object_keys(d.data - 'id') as c (key)
    ) s
    where s.columns is not null
    order by g.ordinal
  loop
    execute format(
      $query$insert into marketplace.%1$I (id, %2$s)
        select t.id, %3$s
        from (select distinct on (m.id) m.id, m.data from pg_temp.market_targets m where m.ordinal = %4$s and m.is_new order by m.id) t
        cross join lateral jsonb_populate_record(null::marketplace.%1$I, t.data) r$query$,
      v_target.table_name, v_target.columns, 'r.' || replace(v_target.columns, ', ', ', r.'), v_target.ordinal);
    execute format(
      $query$update marketplace.%1$I x set %2$s
        from (select distinct on (m.id) m.id, m.data from pg_temp.market_targets m
          where m.ordinal = %3$s and not m.is_new and m.before <> m.data order by m.id) t
        cross join lateral jsonb_populate_record(null::marketplace.%1$I, t.data) r
        where x.id = t.id$query$,
      v_target.table_name, v_target.settings, v_target.ordinal);
    insert into marketplace.import_loads (batch_id, table_name, row_id, given, before)
    select distinct on (t.id) p_batch_id, t.table_name, t.id, t.data, t.before from pg_temp.market_targets t where t.ordinal = v_target.ordinal order by t.id;
  end loop;
end
$$;
comment on function marketplace.load_import(uuid, boolean) is 'Loads the good rows of an import of the marketplace: new ones are made, of known ones only what differs is written, with what stood there before kept for an undo.';
