create or replace function ingest.check_rows(p_kind text, p_minutes int)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_cases text;
  v_wrong text;
  v_odd text;
begin
  select string_agg(c.text, ', ' order by c.severity, c.ordinal) into v_cases
  from (
    select 1 as severity, k.ordinal, format(
      $case$(%1$L, 'VALUE_BLANK', null, null, 1, %2$L::boolean and r.%1$I is null and not coalesce(r.raw ? %1$L, false)),
        (%1$L, %3$L, r.%1$I::text, null, 1, r.%1$I < 0),
        (%1$L, %4$L, r.%1$I::text, null, 1, r.%1$I > %5$s)$case$,
      k.name, not k.nullable, case k.kind when 'share' then 'PERCENT_OUT_OF_RANGE' else 'NEGATIVE_VALUE' end,
      case k.kind when 'share' then 'PERCENT_OUT_OF_RANGE' else 'NUMBER_TOO_LARGE' end, ingest.largest(k.kind)) as text
    from pg_temp.staged_kind k
    where k.kind in ('count', 'seconds', 'share', 'average')
    union all
    select case s.severity when 'error' then 2 else 3 end, k.ordinal,
      format('(%1$L, %2$L, r.%1$I::text, (%3$s)::text, %4$s, %5$s)', c.name, c.rule, coalesce(c.expected, 'null'),
        case s.severity when 'error' then 2 else 3 end, c.broken)
    from ingest.row_rules(p_kind) c
    join ingest.rules s on s.rule = c.rule
    join pg_temp.staged_kind k on k.name = c.name
    union all
    select 4, k.ordinal,
      format('(%1$L, ''REPORTED_DIFFERS'', r.%1$I::text, round((%2$s)::numeric / nullif(%3$s, 0), 4)::text, 4, case when w.is_wrong then false else %4$s end)',
        c.name, c.numerator, c.denominator, ingest.ratio_test(c.name, c.numerator, c.denominator))
    from ingest.ratio_rules(p_kind) c
    join pg_temp.staged_kind k on k.name = c.name
  ) c;
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
    select c.broken from ingest.row_rules(p_kind) c join ingest.rules s on s.rule = c.rule where s.severity = 'error'
  ) t;
  select string_agg(t.test, ' or ') into v_odd
  from (
    select c.broken as test from ingest.row_rules(p_kind) c join ingest.rules s on s.rule = c.rule where s.severity = 'warning'
    union all
    select ingest.ratio_test(c.name, c.numerator, c.denominator) from ingest.ratio_rules(p_kind) c
  ) t;
  -- One pass over all rows picks the suspicious ones, and only those are taken apart, worst findings first. The case keeps
  -- ratios from being computed with numbers that are too large for their products.
  execute format(
    $query$insert into pg_temp.found (place, name, rule, value, expected)
      select ingest.place(r.sheet, r.row_number), f.name, f.rule, f.value, f.expected
      from pg_temp.staged_rows r
      cross join lateral (select coalesce(%2$s, false) as is_wrong) w
      cross join lateral (
        select v.name, v.rule, v.value, v.expected
        from (values %1$s) as v (name, rule, value, expected, severity, broken)
        where v.broken
        order by v.severity
        limit 5
      ) f
      where case when coalesce(%2$s, false) then true else %3$s end
        -- Of rows without a date only those that are no data are left out: of the others everything is told at once.
        and (r.period is not null or not exists (
          select from pg_temp.ignored_rows i where i.place = ingest.place(r.sheet, r.row_number)
          union all
          select from pg_temp.found x where x.rule = 'NOT_AN_OBJECT' and x.place = ingest.place(r.sheet, r.row_number)))$query$,
    v_cases, v_wrong, v_odd)
  using p_minutes;
end
$$;
comment on function ingest.check_rows(text, int) is 'Finds the staged rows whose cells break a rule, by themselves or against each other.';
