create or replace function ingest.told_findings()
returns table (
  ordinal bigint,
  sheet_name text,
  row_number int,
  cell text,
  name text,
  column_name text,
  rule text,
  severity text,
  value text,
  message text,
  hint text,
  other_row int,
  occurrences bigint,
  row_ranges int4multirange
)
language plpgsql volatile parallel unsafe
as $$
begin
  -- A rejected row tells what rejected it; its warnings would be about figures that were not taken.
  -- Dropped by the next call: long values of the answer are still read from it.
  drop table if exists pg_temp.ranked;
  create temp table ranked on commit drop as
  select f.*, s.severity,
    s.severity = 'info' or (row_number() over w <= 5 and dense_rank() over (partition by s.severity order by f.place) <= 100000) as is_listed
  from pg_temp.found f
  join ingest.rules s on s.rule = f.rule
  where s.severity <> 'warning' or not exists (select from pg_temp.rejected_rows x where x.place = f.place)
  window w as (partition by s.severity, f.place order by f.name <> 'period', f.name);
  return query
  select row_number() over (order by a.place nulls last, a.severity_rank, a.rule), a.sheet_name, a.row_number, a.cell, a.name, a.column_name,
    a.rule, a.severity, a.value, a.message, a.hint, a.other_row, a.occurrences, a.row_ranges
  from (
    select k.place, case k.severity when 'error' then 1 when 'warning' then 2 else 3 end as severity_rank, h.sheet_name,
      k.place & 2097151 as row_number, c.letter || (k.place & 2097151) as cell, k.name, c.header as column_name, k.rule, k.severity, k.value,
      ingest.told(s.message, c.header, k.value, k.expected, k.place, k.other_row, k.occurrences) as message, s.hint,
      k.other_row & 2097151 as other_row, k.occurrences, k.row_ranges
    from pg_temp.ranked k
    join ingest.rules s on s.rule = k.rule
    left join pg_temp.staged_sheets h on h.sheet = k.place >> 21
    left join lateral (
      select f.letter, f.header from pg_temp.staged_columns f where f.sheet = k.place >> 21 and f.name = k.name
      union all
      select null, d.header from pg_temp.staged_kind d where d.name = k.name
      limit 1
    ) c on true
    where k.is_listed
    union all
    select null, 4, null, null, null, k.name, max(d.header), k.rule, k.severity, null,
      format('%s more findings of this rule are not listed one by one (at most 5 per row, for 100,000 rows).', count(*)),
      'Repair the listed ones first and import the file again.', null, count(*), null
    from pg_temp.ranked k
    left join pg_temp.staged_kind d on d.name = k.name
    where not k.is_listed
    group by k.rule, k.severity, k.name
  ) a;
end
$$;
comment on function ingest.told_findings() is 'What was found in the staged rows, in words: up to 5 findings a row for 100,000 rows, the rest counted per rule.';
