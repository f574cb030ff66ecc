create or replace function ingest.read_cells(p_kind text, p_count_texts boolean)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_names text[];
  v_set text;
begin
  -- One pass finds the columns that have such values at all; mostly there are none.
  select array_agg(distinct c.name) into v_names
  from (select r.raw from pg_temp.staged_rows r where r.raw is not null) r
  cross join lateral jsonb_object_keys(r.raw) as c (name);
  if v_names is null then
    return;
  end if;
  select string_agg(format('%1$I = case when r.raw ? %1$L then %2$s else r.%1$I end', k.name,
      case when k.kind in ('count', 'seconds') then format('ingest.whole_number(r.raw ->> %L)', k.name)
        else format('round(ingest.cell_number(r.raw ->> %L), 6)', k.name) end), ', ')
  into v_set
  from pg_temp.staged_kind k
  where k.kind in ('count', 'seconds', 'share', 'average')
    and k.name = any (v_names);
  if v_set is null then
    return;
  end if;
  execute format('update pg_temp.staged_rows r set %s where r.raw is not null', v_set);
  create temp table read_values on commit drop as
  select r.sheet, r.row_number, k.name, k.kind, k.nullable, c.value, ingest.cell_text(c.value) as text, ingest.cell_number(c.value) as number
  from pg_temp.staged_rows r
  cross join lateral jsonb_each_text(r.raw) c
  join pg_temp.staged_kind k on k.name = c.key and k.kind in ('count', 'seconds', 'share', 'average')
  where not exists (select from pg_temp.ignored_rows i where i.place = ingest.place(r.sheet, r.row_number));
  insert into pg_temp.found (place, name, rule, value)
  select ingest.place(v.sheet, v.row_number), v.name,
    case
      when v.text = '' then 'VALUE_BLANK'
      when v.number is null then 'NOT_A_NUMBER'
      when v.number < 0 then 'NEGATIVE_VALUE'
      when abs(v.number - round(v.number)) >= 1e-9 then 'NOT_A_WHOLE_NUMBER'
      else 'NUMBER_TOO_LARGE'
    end, v.value
  from pg_temp.read_values v
  where case when v.kind in ('count', 'seconds') then ingest.whole_number(v.value) is null else v.number is null end
    and not (v.nullable and (v.text = '' or lower(v.text) in ('nan', '-', U&'\2014')));
  -- A number cell that is not in plain form (0.1 kept as 0.1000000000001) was not typed as text by anybody.
  if p_count_texts then
    insert into pg_temp.found (place, name, rule, value, occurrences, row_ranges)
    select min(ingest.place(v.sheet, v.row_number)), v.name, case p_kind when 'argus_load' then 'DIGITS_AS_TEXT' else 'TEXT_NUMBER' end,
      (array_agg(v.value order by v.row_number))[1], count(*), ingest.row_ranges(array_agg(v.row_number))
    from pg_temp.read_values v
    where v.number >= 0 and v.text !~ '(\.\d{7,}|[eE])'
      and (v.kind not in ('count', 'seconds') or ingest.whole_number(v.value) is not null)
    group by v.sheet, v.name;
  end if;
  drop table pg_temp.read_values;
end
$$;
comment on function ingest.read_cells(text, boolean) is 'Reads the values that the file does not give as plain number cells; what is no number is a finding, digits stored as text are counted.';
