create or replace function marketplace.make_targets(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_target record;
begin
  for v_target in select t.*, c.*, k.*, format('pg_temp.market_target_%s', t.ordinal) as temporary
    from marketplace.import_targets t
    cross join lateral (
      select string_agg(format('%s as %I', c.value, c.name), ', ') as columns, bool_or(c.name = 'id') as has_id,
        string_agg(format('x.%I', c.name), ', ') as stored, string_agg(format('n.%I', c.name), ', ') as given,
        string_agg(format('n.%I', c.name), ', ') filter (where c.name <> 'id') as others
      from marketplace.target_columns(p_kind, t.ordinal) c
    ) c
    cross join lateral (
      select string_agg(format('x.%1$I = n.%1$I', k.name), ' and ') as condition,
        string_agg(format('(to_jsonb(n.%I) #>> ''{}'')', k.name), ' || ''/'' || ') as text
      from unnest(t.key) as k (name)
    ) k
    where t.kind = p_kind
    order by t.ordinal
  loop
    execute 'drop table if exists ' || v_target.temporary;
    -- A key that the table does not enforce may have more than one row: the first is taken.
    execute format(
      $query$create temp table %1$s on commit drop as
        select w.place, %2$s as id, x.id is null as is_new, x.id is not null and row(%3$s) is distinct from row(%4$s) as is_changed, %5$s
        from pg_temp.market_rows w
        cross join lateral (select %6$s) n
        left join %7$s on %8$s
        where not exists (select from pg_temp.rejected_places p where p.place = w.place) and %9$s$query$,
      split_part(v_target.temporary, '.', 2), case when v_target.has_id then 'coalesce(x.id, n.id)'
        else format('coalesce(x.id, md5(%L || %s)::uuid)', v_target.table_name, v_target.text) end, v_target.stored, v_target.given, v_target.others,
      v_target.columns,
      case when v_target.is_unique then 'marketplace.' || v_target.table_name || ' x'
        else format('lateral (select x.* from marketplace.%I x where %s order by x.id limit 1) x', v_target.table_name, v_target.condition) end,
      case when v_target.is_unique then v_target.condition else 'true' end,
      case when v_target.needs is null then 'true' else format('w.%I is not null', v_target.needs) end);
    -- Without statistics the planner joins each row with every other.
    execute 'analyze ' || v_target.temporary;
  end loop;
  perform marketplace.find_gone(p_kind);
end
$$;
comment on function marketplace.make_targets(text) is 'Makes of the rows of an import that have no error so far the rows of the tables, pg_temp.market_target_<ordinal>: new, changed or as they are there.';
