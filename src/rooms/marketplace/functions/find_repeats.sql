create or replace function marketplace.find_repeats(p_kind text)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  -- The finest table: what its row says is said by one row of the file.
  v_finest int := (select max(t.ordinal) from marketplace.import_targets t where t.kind = p_kind and t.needs is null);
  v_equal bigint;
begin
  create temp table repeats on commit drop as
  select t.place, t.id, last_value(t.place) over p as kept, min(t.place) over (partition by t.id, w.cells) as first,
    w.cells = last_value(w.cells) over p as is_same
  from pg_temp.market_targets t
  join pg_temp.market_rows w on w.place = t.place
  where t.ordinal = v_finest
    and t.id in (select o.id from pg_temp.market_targets o where o.ordinal = v_finest group by o.id having count(*) > 1)
  window p as (partition by t.id order by t.place range between unbounded preceding and unbounded following);
  insert into pg_temp.found (place, rule, value, other_row)
  select r.place, 'DUPLICATE_CONFLICT', r.id::text, r.kept from pg_temp.repeats r where not r.is_same;
  insert into pg_temp.found (place, rule, value, other_row)
  select r.place, 'DUPLICATE_EQUAL', r.id::text, r.first from pg_temp.repeats r where r.is_same and r.place <> r.first;
  get diagnostics v_equal = row_count;
  delete from pg_temp.market_targets t using pg_temp.repeats r where r.place = t.place and (not r.is_same or r.place <> r.first);
  delete from pg_temp.market_rows w using pg_temp.repeats r where r.place = w.place and r.is_same and r.place <> r.first;
  drop table pg_temp.repeats;
  insert into pg_temp.found (place, rule, value, other_row)
  select d.place, 'ROWS_DIFFER', d.table_name || ' ' || d.id, d.kept
  from (
    select t.place, t.table_name, t.id, last_value(t.place) over p as kept, t.data <> last_value(t.data) over p as is_other
    from pg_temp.market_targets t
    where t.ordinal < v_finest
    window p as (partition by t.ordinal, t.id order by t.place range between unbounded preceding and unbounded following)
  ) d
  where d.is_other;
  return v_equal;
end
$$;
comment on function marketplace.find_repeats(text) is 'Takes rows of one thing once: the last is kept, equal ones are counted (returned), contradicting ones are findings.';
