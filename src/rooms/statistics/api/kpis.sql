create or replace function api.kpis()
returns table (
  name text,
  title_en text,
  title_ru text,
  title_es text,
  unit text,
  formula text,
  formula_ru text,
  formula_es text,
  sql text,
  tables text[],
  tests text[],
  shown_in text[],
  "position" int
)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select k.name, k.title_en, k.title_ru, k.title_es, k.unit, k.formula, k.formula_ru, k.formula_es, k.sql, k.tables, k.tests, k.shown_in, k.position
  from statistics.every_kpi k
  order by k.position
$$;
comment on function api.kpis() is 'Every figure: titles, unit, formula, SQL, tests and where it is shown.';
