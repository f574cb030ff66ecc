create or replace function statistics.retention_plan(p_keep_months int)
returns table (
  month date, table_name text, partition_name text, row_count bigint, bytes bigint, first_time timestamptz, last_time timestamptz
)
language sql stable parallel safe
as $$
  select m.month, p.relname::text, c.oid::regclass::text, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid),
    m.month::timestamp at time zone 'UTC', (m.month + interval '1 month') at time zone 'UTC'
  from pg_catalog.pg_class p
  join pg_catalog.pg_inherits i on i.inhparent = p.oid
  join pg_catalog.pg_class c on c.oid = i.inhrelid
  cross join lateral (
    -- By the form of the name and never by comparing names: the default partitions have no month.
    select to_date(substring(c.relname from '^' || p.relname || '_(\d{4}_(?:0[1-9]|1[0-2]))$'), 'YYYY_MM') as month
  ) m
  where p.oid in ('statistics.contact_statistics'::regclass, 'statistics.agent_activity'::regclass)
    -- One more than the policy keeps, because local months begin before or after those of UTC.
    and m.month < (date_trunc('month', platform.now(), 'UTC') at time zone 'UTC' - make_interval(months => p_keep_months + 1))::date
  order by m.month, p.relname desc
$$;
comment on function statistics.retention_plan(int) is 'The monthly partitions, of services and of agents, that a policy of so many months lets go of now, oldest first; rows as the planner estimates them.';
