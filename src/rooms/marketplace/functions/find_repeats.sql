create or replace function marketplace.find_repeats(p_kind text)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  -- The finest table: what its row says is said by one row of the file.
  v_finest int := (select max(t.ordinal) from marketplace.import_targets t where t.kind = p_kind and t.needs is null);
  v_target record;
  v_equal bigint;
begin
  execute format(
    $query$create temp table repeats on commit drop as
      select t.place, t.id, last_value(t.place) over p as kept, min(t.place) over (partition by t.id, c.cells) as first,
        c.cells = last_value(c.cells) over p as is_same
      from pg_temp.market_target_%1$s t
      join pg_temp.market_rows w on w.place = t.place
      cross join lateral (select to_jsonb(w) - 'place' as cells) c
      where t.id in (select o.id from pg_temp.market_target_%1$s o group by o.id having count(*) > 1)
      window p as (partition by t.id order by t.place range between unbounded preceding and unbounded following)$query$, v_finest);
  insert into pg_temp.found (place, rule, value, other_row)
  select r.place, 'DUPLICATE_CONFLICT', r.id::text, r.kept from pg_temp.repeats r where not r.is_same;
  insert into pg_temp.found (place, rule, value, other_row)
  select r.place, 'DUPLICATE_EQUAL', r.id::text, r.first from pg_temp.repeats r where r.is_same and r.place <> r.first;
  get diagnostics v_equal = row_count;
  delete from pg_temp.repeats r where r.is_same and r.place = r.first;
  for v_target in select t.ordinal, t.table_name, (
      select string_agg(format('%%1$s.%I', c.name), ', ') from marketplace.target_columns(p_kind, t.ordinal) c) as columns
    from marketplace.import_targets t where t.kind = p_kind order by t.ordinal
  loop
    execute format('delete from pg_temp.market_target_%s t using pg_temp.repeats r where r.place = t.place', v_target.ordinal);
    if v_target.ordinal < v_finest then
      execute format(
        $query$insert into pg_temp.found (place, rule, value, other_row)
          select t.place, 'ROWS_DIFFER', %1$L || ' ' || t.id, k.place
          from (select o.id, max(o.place) as place from pg_temp.market_target_%2$s o group by o.id having count(*) > 1) k
          join pg_temp.market_target_%2$s l on l.place = k.place
          join pg_temp.market_target_%2$s t on t.id = k.id and t.place <> k.place
          where row(%3$s) is distinct from row(%4$s)$query$,
        v_target.table_name, v_target.ordinal, format(v_target.columns, 't'), format(v_target.columns, 'l'));
    end if;
  end loop;
  delete from pg_temp.market_gone g using pg_temp.repeats r where r.place = g.place;
  delete from pg_temp.market_rows w using pg_temp.repeats r where r.place = w.place and r.is_same;
  drop table pg_temp.repeats;
  return v_equal;
end
$$;
comment on function marketplace.find_repeats(text) is 'Takes rows of one thing once: the last is kept, equal ones are counted (returned), contradicting ones are findings.';
