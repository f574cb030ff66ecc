create or replace function ingest.find_duplicates(p_kind text)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_figures text;
  v_equal bigint;
begin
  create temp table repeated on commit drop as
  select i.source_id, i.interval_start_time, max(i.row_number) as kept
  from pg_temp.interval_rows i
  group by i.source_id, i.interval_start_time
  having count(*) > 1;
  if not exists (select from pg_temp.repeated) then
    drop table pg_temp.repeated;
    return 0;
  end if;
  select string_agg(format('%%1$s.%I', a.attname), ', ' order by a.attnum) into v_figures
  from pg_attribute a
  where a.attrelid = 'pg_temp.interval_rows'::regclass and a.attnum > 0
    and a.attname not in ('row_number', 'service_id', 'source_id', 'interval_start_time');
  execute format(
    $query$create temp table repeats on commit drop as
      select i.source_id, i.interval_start_time, i.row_number as place, d.kept,
        row(%1$s) is not distinct from row(%2$s) as is_same
      from pg_temp.repeated d
      join pg_temp.interval_rows i on i.source_id = d.source_id and i.interval_start_time = d.interval_start_time
      join pg_temp.interval_rows k on k.row_number = d.kept$query$,
    format(v_figures, 'i'), format(v_figures, 'k'));
  -- Whichever of equal rows is kept, the later one is the one that repeats.
  insert into pg_temp.found (place, name, rule, other_row)
  select p.place, 'period', 'DUPLICATE_EQUAL', p.first
  from (
    select r.place, min(r.place) over (partition by r.source_id, r.interval_start_time) as first
    from pg_temp.repeats r
    where r.is_same
  ) p
  where p.place <> p.first;
  get diagnostics v_equal = row_count;
  insert into pg_temp.found (place, name, rule, other_row)
  select r.place, 'period', 'DUPLICATE_CONFLICT', r.kept
  from pg_temp.repeats r
  where not r.is_same;
  delete from pg_temp.interval_rows i
  using pg_temp.repeats r
  where r.place = i.row_number and r.place <> r.kept;
  drop table pg_temp.repeated, pg_temp.repeats;
  return v_equal;
end
$$;
comment on function ingest.find_duplicates(text) is 'Takes rows of one interval and source once: the last is kept, equal ones are counted (returned), contradicting ones are findings.';
