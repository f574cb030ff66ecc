create or replace function ingest.read_records()
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_set text;
  v_blank text;
  v_texts text;
  v_blank_columns text;
begin
  perform ingest.read_cells('records', false);
  perform ingest.read_record_periods();
  select string_agg(case k.kind
      when 'date' then format('%1$I = coalesce(r.%1$I, ingest.cell_day(r.raw ->> %1$L))', k.name)
      else format('%1$I = ingest.record_text(r.%1$I)', k.name) end, ', '),
    string_agg(format('r.%I', k.name), ', ') filter (where k.kind = 'text')
  into v_set, v_texts
  from pg_temp.staged_kind k
  where k.kind in ('text', 'date');
  -- All texts of a row are looked at together: most rows have nothing to clean, and cleaning a cell costs as much as reading a row.
  execute format(
    $query$update pg_temp.staged_rows r set %s
      where r.raw is not null or exists (
        select from (select '|' || concat_ws('|', %s) || '|' as texts offset 0) t
        where t.texts like '%%  %%' or t.texts like '%%| %%' or t.texts like '%% |%%' or t.texts like '%%||%%'
          or replace(t.texts, ' ', '') ~ '[\s\u00A0\u2000-\u200B\u202F\u3000\uFEFF]|\|\d\.\d{1,14}E')$query$, v_set, v_texts);
  insert into pg_temp.found (place, name, rule, value)
  select ingest.place(r.sheet, r.row_number), k.name, case k.kind when 'date' then 'NOT_A_DATE' else 'NOT_A_TEXT' end, c.value
  from pg_temp.staged_rows r
  cross join lateral jsonb_each_text(r.raw) c
  join pg_temp.staged_kind k on k.name = c.key and k.kind in ('text', 'date')
  where r.raw is not null and (k.kind = 'text' or ingest.cell_day(c.value) is null);
  select string_agg(format('(%1$L, r.%1$I is null and not coalesce(r.raw ? %1$L, false))', k.name), ', '), string_agg(format('r.%I', k.name), ', ')
  into v_blank, v_blank_columns
  from pg_temp.staged_kind k
  where k.kind in ('text', 'date') and not k.nullable;
  if v_blank is not null then
    execute format(
      $query$insert into pg_temp.found (place, name, rule)
        select ingest.place(r.sheet, r.row_number), v.name, 'VALUE_BLANK'
        from pg_temp.staged_rows r
        cross join lateral (values %s) as v (name, is_blank)
        where num_nulls(%s) > 0 and v.is_blank$query$, v_blank, v_blank_columns);
  end if;
end
$$;
comment on function ingest.read_records() is 'Reads the texts and days of staged records; what is none, or is missing, is a finding.';
