create or replace function marketplace.make_targets(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_target record;
begin
  create temp table market_targets (place int, ordinal int, table_name text, id uuid, is_new boolean, data jsonb, before jsonb) on commit drop;
  for v_target in select t.ordinal, t.table_name, t.key, t.fixed, t.needs from marketplace.import_targets t where t.kind = p_kind order by t.ordinal loop
    -- What the file does not say has the value that it has in a new row: a file says the whole of its rows.
    execute format(
      $query$insert into pg_temp.market_targets (place, ordinal, table_name, id, data)
        select w.place, %2$s, %1$L, null, to_jsonb(r) - d.others
        from pg_temp.market_rows w
        cross join lateral (
          select $2 || jsonb_object_agg(split_part(g.target, '.', 2), coalesce(to_jsonb(w.cells ->> f.name), to_jsonb(f.fallback), 'null')) as row
          from marketplace.import_fields f
          cross join lateral unnest(f.targets) as g (target)
          where f.kind = $1 and split_part(g.target, '.', 1) = %1$L
        ) j
        cross join lateral jsonb_populate_record(null::marketplace.%1$I, j.row) r
        cross join lateral (select array_agg(k.key) as others from jsonb_object_keys(to_jsonb(r)) as k (key) where not j.row ? k.key) d
        where not exists (select from pg_temp.rejected_places x where x.place = w.place) and ($3 is null or w.cells ->> $3 is not null)$query$,
      v_target.table_name, v_target.ordinal)
    using p_kind, v_target.fixed, v_target.needs;
    -- Without statistics the planner joins each row with every other.
    analyze pg_temp.market_targets;
    execute format(
      $query$update pg_temp.market_targets t
        set id = coalesce(e.id, (t.data ->> 'id')::uuid, md5(%1$L || %3$s)::uuid), is_new = e.id is null, before = e.before
        from pg_temp.market_targets o
        left join lateral (
          select x.id, (select jsonb_object_agg(c.key, c.value) from jsonb_each(to_jsonb(x)) c where o.data ? c.key) as before
          from marketplace.%1$I x
          where %2$s
          order by x.id
          limit 1
        ) e on true
        where o.ordinal = %4$s and t.ordinal = %4$s and t.place = o.place$query$,
      v_target.table_name,
      (select string_agg(format('x.%1$I = (jsonb_populate_record(null::marketplace.%2$I, o.data)).%1$I', k.name, v_target.table_name), ' and ')
       from unnest(v_target.key) as k (name)),
      (select string_agg(format('(t.data ->> %L)', k.name), ' || ''/'' || ') from unnest(v_target.key) as k (name)), v_target.ordinal);
  end loop;
  create index on pg_temp.market_targets (ordinal, id);
  analyze pg_temp.market_targets;
end
$$;
comment on function marketplace.make_targets(text) is 'Makes of the rows of an import that have no error so far the rows of the tables: pg_temp.market_targets, with what is there already.';
