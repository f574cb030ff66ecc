create or replace function quality.storage_rules()
returns table (rule text, category text, says text, measure text, warning numeric, critical numeric, worse text, unit text, advice text, fix text)
language sql
immutable
parallel unsafe
as $$
  values
    ('storage.transaction_ids', 'storage', 'Old transaction ids are frozen long before they run out.',
      $m$
        select round(100.0 * age(d.datfrozenxid) / 2147483648.0, 1), format('the oldest is %s transactions old', age(d.datfrozenxid))
        from pg_catalog.pg_database d
        where d.datname = current_database()
      $m$,
      40::numeric, 75::numeric, 'above', 'per cent',
      'Autovacuum does not keep up or an old transaction stops it. At 100 per cent the server takes no writes.', 'vacuum (freeze)'),
    ('storage.sequences', 'storage', 'Sequences are far from their end.',
      $m$
        select coalesce(max(s.used_pct), 0),
          coalesce((array_agg(format('%I.%I is at %s of %s', s.schemaname, s.sequencename, s.last_value, s.max_value) order by s.used_pct desc))[1], 'none was used'),
          (array_agg(quality.sequence_fix(format('%I.%I', s.schemaname, s.sequencename)::regclass) order by s.used_pct desc))[1]
        from (
          select q.schemaname, q.sequencename, q.last_value, q.max_value, round(100.0 * q.last_value / q.max_value, 1) as used_pct
          from pg_catalog.pg_sequences q
          where q.last_value is not null
        ) s
      $m$,
      70, 90, 'above', 'per cent',
      'Make the column bigint before the sequence is exhausted; inserts fail after that.', null),
    ('storage.invalid_indexes', 'storage', 'Every index is valid.',
      $m$
        select count(*), coalesce(string_agg(i.indexrelid::regclass::text, ', ' order by 1), 'all are valid'),
          string_agg(format('reindex index concurrently %s', i.indexrelid::regclass), '; ' order by i.indexrelid::regclass::text)
        from pg_catalog.pg_index i
        join pg_catalog.pg_class c on c.oid = i.indexrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where not (i.indisvalid and i.indisready) and n.nspname !~ '^pg_'
      $m$,
      1, 10, 'above', 'indexes',
      'An index that was not built to its end costs every write and helps no query. Build it anew.', null),
    ('storage.dead_rows', 'storage', 'Autovacuum keeps up with dead rows.',
      $m$ select d.times, d.evidence, d.fix from quality.dead_rows() d $m$,
      2, 10, 'above', 'times the limit',
      'Dead rows make tables grow and scans slow. Clean up, and look for an old transaction that stops autovacuum.', null),
    ('storage.disk_full_in_days', 'storage', 'At the present growth the disk lasts for months.',
      $m$
        select case when f.disk_free_bytes is not null and f.days >= 1 then case when f.bytes_a_day > 0 then least(round(f.disk_free_bytes / f.bytes_a_day), 9999) else 9999 end end,
          case
            when f.taken_at is null then 'No snapshot was taken yet.'
            when f.disk_free_bytes is null then 'The disk of a database on another machine cannot be seen from here.'
            when f.days < 1 then 'Snapshots of a day are needed; there are ' || round(f.days * 24) || ' hours.'
            else format('%s free; the database of %s grows by %s a day', pg_size_pretty(f.disk_free_bytes), pg_size_pretty(f.database_bytes), pg_size_pretty(f.bytes_a_day)) end
        from (select) o
        left join lateral (
          select l.taken_at, l.disk_free_bytes, l.database_bytes, round(extract(epoch from l.taken_at - e.taken_at) / 86400, 2) as days,
            (l.database_bytes - e.database_bytes) / nullif(extract(epoch from l.taken_at - e.taken_at) / 86400, 0) as bytes_a_day
          from (select s.* from quality.snapshots s order by s.taken_at desc limit 1) l
          cross join lateral (
            select s.taken_at, s.database_bytes from quality.snapshots s
            where s.taken_at >= l.taken_at - interval '28 days' order by s.taken_at limit 1) e
        ) f on true
      $m$,
      60, 14, 'below', 'days',
      'Make room, move to a larger disk, or let go of old detail by the retention policy (its preview says how much that frees).', 'qh quality retention'),
    ('storage.disk_free', 'storage', 'The disk has room.',
      $m$
        select round(100.0 * s.disk_free_bytes / s.disk_total_bytes, 1),
          case when s.disk_free_bytes is null then 'The disk of a database on another machine cannot be seen from here.'
            else format('%s of %s free', pg_size_pretty(s.disk_free_bytes), pg_size_pretty(s.disk_total_bytes)) end
        from quality.snapshots s
        order by s.taken_at desc
        limit 1
      $m$,
      10, 3, 'below', 'per cent',
      'A full disk stops the database. Make room now: move other files away, or let go of old detail by the retention policy.',
      'select * from table_growth() order by bytes desc limit 10; select * from preview_retention(13)')
$$;
comment on function quality.storage_rules() is 'What should hold of disk, rows, indexes and sequences.';
