create or replace function quality.unused_indexes()
returns table (index_name text, table_name text, bytes bigint, days int, kind text, evidence text, fix text)
language sql
stable
parallel safe
as $$
  with span as (
    select l.taken_at as until, l.indexes, e.taken_at as since, e.indexes as former,
      floor(extract(epoch from l.taken_at - e.taken_at) / 86400)::int as days
    from (select s.* from quality.snapshots s order by s.taken_at desc limit 1) l
    cross join lateral (
      select s.taken_at, s.indexes from quality.snapshots s
      where s.taken_at >= coalesce(l.stats_reset, '-infinity') and s.taken_at >= l.taken_at - interval '35 days'
      order by s.taken_at limit 1) e
  )
  select n.name, n."table", n.bytes, s.days, case when n.scans = f.scans and not c.is_needed then 'unused' else 'used' end,
    format('%s: no scan in %s days, %s', n.name, s.days, pg_size_pretty(n.bytes)), format('drop index %s', n.name)
  from span s
  cross join lateral jsonb_to_recordset(s.indexes) as n (name text, "table" text, scans bigint, bytes bigint)
  join lateral jsonb_to_recordset(s.former) as f (name text, scans bigint) on f.name = n.name
  cross join lateral (
    select exists (
      select from pg_catalog.pg_index i
      where i.indexrelid = to_regclass(n.name) and (i.indisunique or exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid))) as is_needed
  ) c
  where to_regclass(n.name) is not null
$$;
comment on function quality.unused_indexes() is 'Each index between the oldest comparable snapshot and the newest: whether it was scanned. Those that keep a rule (unique, keys) always count as used.';
