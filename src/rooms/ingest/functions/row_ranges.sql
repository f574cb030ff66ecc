create or replace function ingest.row_ranges(p_row_numbers int[])
returns int4multirange
language sql immutable parallel safe strict
as $$
  select case when pg_catalog.count(*) <= 10000 then pg_catalog.range_agg(int4range(g.first_row, g.last_row, '[]')) end
  from (
    select pg_catalog.min(s.n) as first_row, pg_catalog.max(s.n) as last_row
    from (select u.n, u.n - pg_catalog.row_number() over (order by u.n) as island from (select distinct n from pg_catalog.unnest(p_row_numbers) n) u) s
    group by s.island
  ) g
$$;
comment on function ingest.row_ranges(int[]) is 'Row numbers as ranges; null when more than 10,000 ranges would be needed.';
