create or replace function statistics.post_agent_rows(
  p_batch_id uuid,
  p_rows jsonb,
  p_source text,
  out rows_inserted bigint,
  out rows_updated bigint,
  out rows_unchanged bigint,
  out errors jsonb
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_equal bigint;
begin
  perform statistics.make_agent_rows();
  perform statistics.read_posted_agents(p_rows);
  v_equal := statistics.check_agent_rows();
  perform statistics.ensure_partitions(array(
    select distinct (date_trunc('month', r.interval_start_time, 'UTC') at time zone 'UTC')::date from pg_temp.agent_rows r), 'agent_activity');
  select l.rows_inserted, l.rows_updated, l.rows_unchanged + v_equal into rows_inserted, rows_updated, rows_unchanged
  from statistics.load_agent_rows(p_batch_id) l;
  select coalesce(jsonb_agg(jsonb_build_object(
      'record', p_rows -> (e.row_number - 1), 'error', e.error, 'error_code', e.rule, 'hint', e.hint, 'row_number', e.row_number)
      order by e.row_number), '[]')
  into errors
  from (
    select distinct on (p.row_number) p.row_number, p.rule,
      case p.rule when 'DETAIL_DROPPED' then 'Leave the row out: hours, days and months of that time are kept as they are.' else u.hint end as hint,
      case p.rule
        when 'DUPLICATE_CONFLICT' then format('row %s gives other figures for the same quarter; the last one is kept', p.other_row)
        when 'OFF_GRID' then format('interval_start_time %s is not the start of a quarter of an hour', p.value)
        when 'DETAIL_DROPPED' then format('interval_start_time %s lies before %s UTC; the detail of that time was let go of by the retention policy', p.value, p.expected)
        when 'BAD_VALUE' then p.value
        else replace(replace(replace(u.message, '{column}', p.name), '{value}', coalesce(p.value, '')), '{expected}', coalesce(p.expected, ''))
      end as error
    from pg_temp.agent_problems p
    left join statistics.import_rules u on u.rule = p.rule
    where p.rule <> 'DUPLICATE_EQUAL'
    order by p.row_number, p.rule
  ) e;
  insert into statistics.posted_batches (batch_id, source, posted_at, rows_total, rows_inserted, rows_updated, rows_unchanged, rows_rejected,
    service_ids)
  values (p_batch_id, p_source, platform.now(), jsonb_array_length(p_rows), rows_inserted, rows_updated, rows_unchanged,
    jsonb_array_length(errors),
    array(select distinct r.service_id from pg_temp.agent_rows r where r.service_id > 0 order by 1));
end
$$;
comment on function statistics.post_agent_rows(uuid, jsonb, text) is 'Loads posted agent activity as one batch and notes it; wrong rows come back with the rule that they break.';
