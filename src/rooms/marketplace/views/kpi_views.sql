create or replace view marketplace.kpi_views as
select c.relname::text as view_name, c.relkind = 'm' as is_materialized, c.oid as relation
from pg_catalog.pg_class c
where c.relnamespace = 'marketplace'::pg_catalog.regnamespace and c.relkind in ('r', 'm') and c.relname like 'mv\_%';
comment on view marketplace.kpi_views is 'The views of key figures: the two of the seed, and every materialized view of this room whose name begins with mv_.';
