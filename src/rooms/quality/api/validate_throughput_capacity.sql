create or replace function api.validate_throughput_capacity()
returns table (
  test_name text, metric text, value numeric, unit text, meets_requirement boolean, notes text,
  target numeric, higher_is_better boolean, headroom numeric, severity text
)
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  with rate as (
    -- What real imports reached, reading and checking included; nothing is inserted to find out.
    select round((percentile_cont(0.5) within group (order by b.per_second))::numeric, 1) as per_second, count(*) as imports
    from (
      select b.rows_valid / greatest(extract(epoch from b.processing_completed_at - b.processing_started_at), 0.001) as per_second
      from api.import_batches b
      where b.status in ('completed', 'completed_with_errors') and b.rows_valid >= 1000 and b.processing_completed_at > platform.now() - interval '90 days'
    ) b
  ), load as (
    select max(h.calls) as hour_calls
    from quality.measured_period() p
    cross join lateral (
      select sum(f.offered) as calls
      from statistics.figures(p.until_time - interval '7 days', p.until_time, 60, 'UTC') f
      group by f.bucket_start
    ) h
    where p.services is not null
  ), busiest_day as (
    select max(h.calls) as day_calls
    from quality.measured_period() p
    cross join lateral (
      select sum(f.offered) as calls
      from statistics.figures(p.until_time - interval '7 days', p.until_time, 1440, 'UTC') f
      group by f.bucket_start
    ) h
    where p.services is not null
  ), sessions as (
    select case when pg_has_role(current_user, 'pg_read_all_stats', 'usage') then count(*) filter (where a.state = 'active' and a.backend_type = 'client backend') end as active
    from pg_catalog.pg_stat_activity a
  ), tests as (
    select 1 as place, 'daily_capacity' as test_name, 'rows in 24 hours at the rate of imports' as metric, r.per_second * 86400 as value, 'rows/day' as unit, 100000::numeric as target, true as higher,
      format('rate of %s imports; the busiest of the last 7 days had %s calls', r.imports, coalesce(d.day_calls::text, 'no')) as notes
    from rate r, busiest_day d
    union all
    select 2, 'peak_hour_capacity', 'rows in an hour at the rate of imports', r.per_second * 3600, 'rows/hour', 10000, true,
      format('rate of %s imports; the busiest hour of the last 7 days had %s calls', r.imports, coalesce(l.hour_calls::text, 'no'))
    from rate r, load l
    union all
    select 3, 'batch_insert_rate', 'median rate of imports of 1000 rows and more in 90 days', r.per_second, 'rows/s', 100, true, format('%s imports', r.imports)
    from rate r
    union all
    select 4, 'concurrent_queries', 'sessions that run a statement now', s.active, 'sessions', 50, false, 'this one counts too; what 50 users wait for is measured by npm run bench'
    from sessions s
  )
  select t.test_name, t.metric, t.value, t.unit, case when t.higher then t.value > t.target else t.value < t.target end,
    case
      when t.value is null and t.higher then 'There was no import of 1000 rows or more in the last 90 days to judge by.'
      when t.value is null then 'The owner may not see the sessions of others; as a superuser: grant pg_read_all_stats to qh_owner'
      else t.notes
    end,
    t.target, t.higher, round(case when t.higher then t.value / t.target else t.target / nullif(t.value, 0) end, 1), quality.measured_severity(t.value, t.target, t.higher)
  from tests t
  order by t.place
$$;
comment on function api.validate_throughput_capacity() is 'Whether the rate that real imports reached carries 100,000 rows a day and 10,000 an hour, and how many statements run now; inserts nothing.';
