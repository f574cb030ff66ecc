create or replace function api.index_advice()
returns table (kind text, table_name text, index_name text, bytes bigint, evidence text, plan text, fix text)
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select 'unused', u.table_name, u.index_name, u.bytes, u.evidence, null::text, u.fix
  from quality.unused_indexes() u
  where u.kind = 'unused' and u.days >= 7
  union all
  select 'duplicate', d.table_name, d.index_name, d.bytes, d.evidence, null, d.fix from quality.duplicate_indexes() d
  union all
  select 'missing', m.table_name, m.column_names, null, m.evidence, quality.missing_index_plan(m.table_name, m.column_names), m.fix
  from quality.unindexed_keys() m
$$;
comment on function api.index_advice() is 'Indexes that nobody used for a week or more, that repeat another, or that a foreign key of a large table lacks (with the plan that shows it), each with the statement that changes it.';
