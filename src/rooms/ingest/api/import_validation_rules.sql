create or replace view api.import_validation_rules as
select
  (row_number() over (order by r.rule))::int as id,
  r.rule as rule_name,
  r.description as rule_description,
  coalesce(c.validation_sql, 'see ' || case
      when r.rule like 'DUPLICATE%' then 'ingest.find_duplicates'
      when r.rule in ('GRANULARITY_CONFLICT', 'DETAIL_DROPPED') then 'ingest.find_conflicts'
      when r.rule in ('VALUE_BLANK', 'NEGATIVE_VALUE', 'NUMBER_TOO_LARGE', 'PERCENT_OUT_OF_RANGE') then 'ingest.check_rows'
      when r.rule in ('NOT_A_NUMBER', 'NOT_A_WHOLE_NUMBER', 'TEXT_NUMBER', 'DIGITS_AS_TEXT') then 'ingest.read_cells'
      when r.rule like 'NAME%' then 'ingest.check_argus_report'
      when r.rule like 'OUTSIDE%' then 'ingest.list_periods'
      when r.rule like 'OFF_GRID%' or r.rule = 'SKIPPED_HOUR' then 'ingest.place_periods'
      when r.rule = 'NOT_AN_OBJECT' then 'ingest.stage_json'
      else 'ingest.read_periods'
    end) as validation_sql,
  r.message as error_message,
  true as is_active,
  r.severity,
  null::timestamptz as created_at,
  null::timestamptz as updated_at,
  r.hint
from ingest.rules r
left join (
  select v.rule, string_agg(v.broken, ' | ') as validation_sql
  from (
    select t.rule, t.broken from ingest.row_rules('argus_report') t
    union
    select t.rule, t.broken from ingest.row_rules('argus_load') t
    union all
    select 'REPORTED_DIFFERS', format('r.%I against %s / %s', t.name, t.numerator, t.denominator) from ingest.ratio_rules('argus_report') t
  ) v
  group by v.rule
) c on c.rule = r.rule;
comment on view api.import_validation_rules is 'What rows are judged by, in the words of seed 001; over ingest.rules, which come with the program: they are not edited, so the dates are empty.';
