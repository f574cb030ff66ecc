create or replace function quality.rules()
returns table (
  rule text, category text, says text, measure text, warning numeric, critical numeric, worse text, unit text, advice text, fix text,
  default_warning numeric, default_critical numeric, changed_at timestamptz, changed_by text, reason text
)
language sql
stable
parallel unsafe
as $$
  select r.rule, r.category, r.says, r.measure, coalesce(t.warning, r.warning), coalesce(t.critical, r.critical), r.worse, r.unit, r.advice, r.fix,
    r.warning, r.critical, t.changed_at, t.changed_by, t.reason
  from (
    select * from statistics.rules()
    union all
    select * from platform.backup_rules()
    union all
    select * from quality.connection_rules()
    union all
    select * from quality.storage_rules()
    union all
    select * from quality.resource_rules()
    union all
    select * from quality.work_rules()
  ) r
  left join lateral (
    select c.* from quality.thresholds c where c.rule = r.rule order by c.changed_at desc limit 1
  ) t on true
$$;
comment on function quality.rules() is 'All rules of health with the thresholds that are in force, and by whom they were set.';
