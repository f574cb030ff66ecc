create or replace view statistics.every_kpi as
select k.position, k.name, k.aliases, k.title_en, k.title_ru, k.title_es, k.unit, k.formula, k.formula_ru, k.formula_es, k.sql, k.tables, k.tests, k.shown_in
from statistics.kpis k
union all
select a.position, a.name, a.aliases, a.title_en, a.title_ru, a.title_es, a.unit, a.formula, a.formula_ru, a.formula_es, a.sql, a.tables, a.tests, a.shown_in
from statistics.agent_kpis a;
comment on view statistics.every_kpi is 'The figures of services and of agents.';
