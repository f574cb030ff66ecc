create or replace function api.explain_kpi(p_kpi text)
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
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select k.name, k.title_en, k.title_ru, k.title_es, k.unit, k.formula, k.formula_ru, k.formula_es, k.sql, k.tables, k.tests, k.shown_in, k.position
  from statistics.every_kpi k
  where lower(p_kpi) in (lower(k.name), lower(k.title_en), lower(k.title_ru), lower(k.title_es))
    or lower(p_kpi) in (select lower(a) from unnest(k.aliases) a)
  order by (lower(p_kpi) = lower(k.name)) desc, k.position
  limit 1;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no figure %L', p_kpi),
      hint = coalesce(
        'Did you mean: ' || (select org.closest_codes(p_kpi, array_agg(n.name)) from statistics.every_kpi n) || '?',
        'List them with: qh statistics kpis');
  end if;
end
$$;
comment on function api.explain_kpi(text) is 'One figure, by its name, an abbreviation such as SL or a title in any language.';
