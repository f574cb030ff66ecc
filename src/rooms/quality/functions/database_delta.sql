create or replace function quality.database_delta()
returns table (since timestamptz, hit bigint, read bigint)
language sql
stable
parallel safe
as $$
  -- Against the newest snapshot that is at least an hour old, else the oldest there is; never across a reset of the counters.
  select s.taken_at, d.blks_hit - s.blocks_hit, d.blks_read - s.blocks_read
  from pg_catalog.pg_stat_database d
  left join lateral (
    select c.taken_at, c.blocks_hit, c.blocks_read
    from quality.snapshots c
    where c.taken_at >= coalesce(d.stats_reset, '-infinity') and c.blocks_hit <= d.blks_hit and c.blocks_read <= d.blks_read
    order by c.taken_at <= platform.now() - interval '1 hour' desc, case when c.taken_at <= platform.now() - interval '1 hour' then c.taken_at end desc, c.taken_at
    limit 1
  ) s on true
  where d.datname = current_database()
$$;
comment on function quality.database_delta() is 'Blocks found in memory and read from disk since a snapshot of an hour ago (or the oldest); null where there is none.';
