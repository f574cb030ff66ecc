create or replace function api.table_growth()
returns table (
  table_name text, bytes bigint, index_bytes bigint, live_rows bigint, dead_rows bigint, bytes_per_day numeric, writes_per_day numeric, bytes_in_90_days numeric, since timestamptz
)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  with former as (
    select s.taken_at, s.tables, greatest(extract(epoch from platform.now() - s.taken_at) / 86400, 0.01) as days
    from quality.snapshots s
    where s.taken_at >= platform.now() - interval '7 days' and s.taken_at < platform.now()
      and s.taken_at >= coalesce((select d.stats_reset from pg_catalog.pg_stat_database d where d.datname = current_database()), '-infinity')
    order by s.taken_at
    limit 1
  )
  select n.name, n.bytes, n.index_bytes, n.live_rows, n.dead_rows, round((n.bytes - r.bytes) / f.days), round((n.writes - r.writes) / f.days),
    round(n.bytes + case when r.bytes is not null then greatest(n.bytes - r.bytes, 0) end / f.days * 90), f.taken_at
  from quality.table_counters() n
  left join former f on true
  left join lateral jsonb_to_recordset(f.tables) as r (name text, bytes bigint, writes bigint) on r.name = n.name
$$;
comment on function api.table_growth() is 'Each table with its size now, how it grew per day since the oldest snapshot of the last week, and its size in 90 days at that pace; null without a snapshot.';
