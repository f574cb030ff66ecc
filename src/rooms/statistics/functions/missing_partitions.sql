create or replace function statistics.missing_partitions(p_table text, out missing bigint, out evidence text, out fix text)
language sql stable parallel unsafe
as $$
  select count(*) filter (where not m.is_there),
    coalesce('without a partition: ' || string_agg(m.name, ', ' order by m.name) filter (where not m.is_there), 'this month and the next have their partitions'),
    'select statistics.ensure_partitions(array[' || string_agg(format('%L', m.month), ', ' order by m.month) filter (where not m.is_there)
      || format(']::date[], %L)', p_table)
  from (
    select d.month, to_char(d.month, 'YYYY-MM') as name,
      exists (
        select from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
        where i.inhparent = format('statistics.%I', p_table)::regclass and c.relname = p_table || '_' || to_char(d.month, 'YYYY_MM')) as is_there
    from (
      select (date_trunc('month', platform.now(), 'UTC') at time zone 'UTC' + make_interval(months => n))::date as month
      from generate_series(0, 1) as n
    ) d
  ) m
$$;
comment on function statistics.missing_partitions(text) is 'How many of the partitions for this month and the next a table lacks, which, and the statement that makes them.';
