create or replace function ingest.stage_json(p_data jsonb, p_is_free boolean)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_rows int;
begin
  if p_data is null or jsonb_typeof(p_data) <> 'array' then
    raise exception using errcode = 'QH400', message = 'the rows must be a JSON array of objects',
      hint = 'For instance [{"A": "01.01.2024 09:00:00", "B": 10, "C": 15, "D": 300, "E": 30}].';
  end if;
  v_rows := jsonb_array_length(p_data);
  if v_rows > 1048576 then
    raise exception using errcode = 'QH413', message = format('%s rows are too many for one call', v_rows), hint = 'Send at most 1,048,576 rows at a time.';
  end if;
  perform ingest.open_staging(ingest.argus_load_columns());
  insert into pg_temp.staged_sheets (sheet) values (0);
  create temp table json_cells on commit drop as
  select e.ordinality::int as row_number, k.name, c.key, case when jsonb_typeof(c.value) = 'null' then null else c.value #>> '{}' end as value
  from jsonb_array_elements(p_data) with ordinality as e
  cross join lateral jsonb_each(case when jsonb_typeof(e.value) = 'object' then e.value else '{}' end) c
  join ingest.json_keys(p_is_free) k on k.key = lower(ingest.cell_text(c.key));
  -- Plain numbers go typed like number cells of a workbook; all else is read like text.
  insert into pg_temp.staged_rows (sheet, row_number, raw)
  select 0, e.ordinality,
    (select jsonb_object_agg(c.name, c.value) from pg_temp.json_cells c where c.row_number = e.ordinality and c.value is not null)
  from jsonb_array_elements(p_data) with ordinality as e;
  insert into pg_temp.staged_columns (sheet, name, header)
  select distinct on (c.name) 0, c.name, c.key from pg_temp.json_cells c order by c.name, c.row_number;
  insert into pg_temp.found (place, rule, value)
  select e.ordinality, 'NOT_AN_OBJECT', left(e.value #>> '{}', 100)
  from jsonb_array_elements(p_data) with ordinality as e
  where jsonb_typeof(e.value) <> 'object';
  -- What no row says is unknown, not missing, where the columns are the caller's own.
  update pg_temp.staged_kind k
  set nullable = p_is_free and k.name <> 'period' and k.name <> 'offered' and not exists (select from pg_temp.staged_columns c where c.name = k.name);
  drop table pg_temp.json_cells;
  return v_rows;
end
$$;
comment on function ingest.stage_json(jsonb, boolean) is 'Stages rows of the load import that come as JSON objects; returns how many there are.';
