create or replace function api.preview_retention(p_keep_months int default null)
returns table (
  month date, partition_name text, row_count bigint, bytes bigint, batches bigint, stays text, lost text, table_name text, bytes_freed bigint
)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select p.month, p.partition_name, p.row_count, p.bytes, statistics.batches_in(p.first_time, p.last_time),
    case p.table_name when 'agent_activity' then 'Every figure of agents and teams by hour (UTC), and by day and month in the service''s zone (UTC for time of no service).'
      else 'Every figure by hour (UTC), and by day and month in the service''s zone.' end,
    case p.table_name when 'agent_activity' then
        'Single quarters, the status and login history of agents; late rows are refused, and batches with rows of this month cannot be undone.'
      else 'Quarter and half hours, single sources and what files reported; late rows are refused, and batches with rows of this month cannot be undone.' end,
    p.table_name, (sum(p.bytes) over (order by p.month, p.partition_name))::bigint
  from statistics.retention_state() s
  cross join lateral statistics.retention_plan(coalesce(p_keep_months, s.keep_months)) p
  where coalesce(p_keep_months, s.keep_months) is not null
  order by p.month, p.partition_name
$$;
comment on function api.preview_retention(int) is 'What a policy of so many months (null: the announced one) would let go of today: partitions of services and of agents, rows, bytes, batches that could not be undone any more, what stays answerable and what does not. Changes nothing.';
