create or replace function statistics.retention_plan(p_keep_months int)
returns table (month date, partition_name text, row_count bigint, bytes bigint, first_time timestamptz, last_time timestamptz)
language sql stable parallel safe
as $$
  select m.month, c.oid::regclass::text, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid),
    m.month::timestamp at time zone 'UTC', (m.month + interval '1 month') at time zone 'UTC'
  from pg_catalog.pg_inherits i
  join pg_catalog.pg_class c on c.oid = i.inhrelid
  cross join lateral (select to_date(right(c.relname, 7), 'YYYY_MM') as month) m
  where i.inhparent = 'statistics.contact_statistics'::regclass
    -- By the form of the name and never by comparing names: the default partition is none of these.
    and c.relname ~ '^contact_statistics_\d{4}_(0[1-9]|1[0-2])$'
    -- One more than the policy keeps, because local months begin before or after those of UTC.
    and m.month < (date_trunc('month', platform.now(), 'UTC') at time zone 'UTC' - make_interval(months => p_keep_months + 1))::date
  order by m.month
$$;
comment on function statistics.retention_plan(int) is 'The monthly partitions that a policy of so many months lets go of now, oldest first; rows as the planner estimates them.';
