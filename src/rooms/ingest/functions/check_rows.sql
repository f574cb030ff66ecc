create or replace function ingest.check_rows(p_kind text, p_minutes int)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_wrong text;
  v_odd text;
  v_tests text;
  v_names text;
  v_expected text;
begin
  create temp table row_tests on commit drop as
  select * from ingest.row_tests(p_kind);
  -- The tests of cells once more in their cheapest form: over all columns of a kind at once.
  select string_agg(t.test, ' or ') into v_wrong
  from (
    select format('num_nulls(%s) > 0', string_agg('r.' || quote_ident(k.name), ', ')) as test
    from pg_temp.staged_kind k
    where k.kind in ('count', 'seconds', 'share', 'average') and not k.nullable
    union all
    select format('least(%1$s) < 0 or greatest(%1$s) > %2$s', string_agg('r.' || quote_ident(k.name), ', '), ingest.largest(k.kind))
    from pg_temp.staged_kind k
    where k.kind in ('count', 'seconds', 'share', 'average')
    group by ingest.largest(k.kind)
    union all
    select t.broken from pg_temp.row_tests t where t.severity = 2
  ) t;
  select string_agg(t.broken, ' or ') into v_odd from pg_temp.row_tests t where t.severity > 2;
  select string_agg(format('case when %s then %s end', t.broken, t.n), ', ' order by t.n) filter (where t.severity < 4)
      || coalesce(string_agg(format(', case when w.is_wrong then null when %s then %s end', t.broken, t.n), '' order by t.n)
        filter (where t.severity = 4), ''),
    string_agg(format('(%s, %L, %L)', t.n, t.name, t.rule), ', '),
    string_agg(format('when %s then (%s)::text', t.n, t.expected), ' ') filter (where t.expected is not null)
  into v_tests, v_names, v_expected
  from pg_temp.row_tests t;
  drop table pg_temp.row_tests;
  -- One pass over all rows picks the suspicious ones; only those are taken through each test. The case keeps ratios from
  -- being computed with numbers that are too large for their products. Of rows without a date only those that are no data
  -- are left out: of the others everything is told at once.
  execute format(
    $query$insert into pg_temp.found (place, name, rule, value, expected)
      select ingest.place(r.sheet, r.row_number), t.name, t.rule, j.cells ->> t.name, case t.n %4$s end
      from pg_temp.staged_rows r
      cross join lateral (select coalesce(%1$s, false) as is_wrong) w
      cross join lateral (select to_jsonb(r) as cells offset 0) j
      cross join lateral unnest((array_remove(array[%3$s], null))[1:5]) as b (n)
      join (values %5$s) as t (n, name, rule) on t.n = b.n
      where case when coalesce(%1$s, false) then true else %2$s end
        and (r.period is not null or not exists (
          select from pg_temp.ignored_rows i where i.place = ingest.place(r.sheet, r.row_number)
          union all
          select from pg_temp.found x where x.rule = 'NOT_AN_OBJECT' and x.place = ingest.place(r.sheet, r.row_number)))$query$,
    v_wrong, v_odd, v_tests, v_expected, v_names)
  using p_minutes;
end
$$;
comment on function ingest.check_rows(text, int) is 'Finds the staged rows whose cells break a rule, by themselves or against each other.';
