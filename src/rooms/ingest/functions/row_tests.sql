create or replace function ingest.row_tests(p_kind text)
returns table (n bigint, name text, rule text, severity int, broken text, expected text)
language plpgsql volatile parallel unsafe
as $$
begin
  return query
  select row_number() over (order by t.severity, t.ordinal, t.rule), t.name, t.rule, t.severity, t.broken, t.expected
  from (
    -- Each cell by itself; what stood in a blank or unreadable cell is told already where it was read.
    select 1 as severity, k.ordinal, k.name, c.rule, c.broken, null as expected
    from pg_temp.staged_kind k
    cross join lateral (
      values
        ('VALUE_BLANK', case when k.nullable then 'false' else format('r.%1$I is null and not coalesce(r.raw ? %1$L, false)', k.name) end),
        (case k.kind when 'share' then 'PERCENT_OUT_OF_RANGE' else 'NEGATIVE_VALUE' end, format('r.%I < 0', k.name)),
        (case k.kind when 'share' then 'PERCENT_OUT_OF_RANGE' else 'NUMBER_TOO_LARGE' end, format('r.%I > %s', k.name, ingest.largest(k.kind)))
    ) c (rule, broken)
    where k.kind in ('count', 'seconds', 'share', 'average') and c.broken <> 'false'
    union all
    -- Cells against each other.
    select case s.severity when 'error' then 2 else 3 end, k.ordinal, c.name, c.rule, c.broken, c.expected
    from ingest.row_rules(p_kind) c
    join ingest.rules s on s.rule = c.rule
    join pg_temp.staged_kind k on k.name = c.name
    union all
    select 4, k.ordinal, c.name, 'REPORTED_DIFFERS', ingest.ratio_test(c.name, c.numerator, c.denominator),
      format('round((%s)::numeric / nullif(%s, 0), 4)', c.numerator, c.denominator)
    from ingest.ratio_rules(p_kind) c
    join pg_temp.staged_kind k on k.name = c.name
  ) t;
end
$$;
comment on function ingest.row_tests(text) is 'Every test of a staged row r as SQL, worst first: 1 a cell is wrong, 2 cells contradict each other, 3 odd, 4 a printed ratio differs.';
