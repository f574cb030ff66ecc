create or replace function quality.dead_rows(p_least_rows bigint default 10000, p_least_bytes bigint default 67108864, out times numeric, out evidence text, out fix text)
language sql
stable
parallel safe
as $$
  -- Tables that are emptied all the time, as queues and logs are, hold mostly dead rows between two looks of autovacuum, and so does any
  -- table right after a large import. Neither is a fault: a table must be large enough to cost something, and its dead rows must have been
  -- there in a snapshot of at least ten minutes ago, since when nobody cleaned; or in two, cleaned or not.
  with large as (
    select s.relid::regclass::text as name, coalesce(i.inhparent, s.relid)::regclass::text as parent, s.n_dead_tup as dead, l.least,
      round(s.n_dead_tup / l.least, 1) as times, greatest(s.last_vacuum, s.last_autovacuum) as cleaned_at
    from pg_catalog.pg_stat_user_tables s
    join pg_catalog.pg_class c on c.oid = s.relid
    left join pg_catalog.pg_inherits i on i.inhrelid = s.relid
    cross join lateral (
      select coalesce((select o.option_value from pg_options_to_table(c.reloptions) o where o.option_name = 'autovacuum_vacuum_threshold'),
          current_setting('autovacuum_vacuum_threshold'))::numeric
        + coalesce((select o.option_value from pg_options_to_table(c.reloptions) o where o.option_name = 'autovacuum_vacuum_scale_factor'),
          current_setting('autovacuum_vacuum_scale_factor'))::numeric * s.n_live_tup as least
    ) l
    where s.n_dead_tup > p_least_rows and pg_relation_size(s.relid) >= p_least_bytes
  ), former as materialized (
    select n.taken_at, n.tables, row_number() over (order by n.taken_at desc) as place
    from (
      select s.taken_at, s.tables from quality.snapshots s where s.taken_at <= platform.now() - interval '10 minutes' order by s.taken_at desc limit 2
    ) n
  ), judged as (
    select g.*, (select count(*) from former) > 0 as is_known,
      exists (
        select from former f
        where f.place = 1 and d.first_seen and (g.cleaned_at is null or g.cleaned_at < f.taken_at or d.second_seen)) as is_old
    from large g
    cross join lateral (
      select coalesce(bool_or(f.place = 1), false) as first_seen, coalesce(bool_or(f.place = 2), false) as second_seen
      from former f
      cross join lateral jsonb_to_recordset(f.tables) as t (name text, dead_rows bigint)
      where t.name = g.parent and t.dead_rows > p_least_rows and t.dead_rows >= g.least
    ) d
    where g.times >= 1
  )
  select case when count(*) filter (where not j.is_known) > 0 then null else coalesce(max(j.times) filter (where j.is_old), 0) end,
    coalesce(
      (array_agg(format('%s has %s dead rows; whether autovacuum comes can be told when there is a snapshot of ten minutes ago', j.name, j.dead) order by j.times desc)
        filter (where not j.is_known))[1],
      (array_agg(format('%s has %s dead rows, %s times the number at which autovacuum begins', j.name, j.dead, j.times) order by j.times desc)
        filter (where j.is_old))[1],
      'no large table has had many for long'),
    (array_agg(format('vacuum (analyze) %s', j.name) order by j.times desc) filter (where j.is_old))[1]
  from judged j
$$;
comment on function quality.dead_rows(bigint, bigint) is 'Of large tables whose dead rows stay: how many times the number at which autovacuum begins, which table that is, and what cleans it.';
