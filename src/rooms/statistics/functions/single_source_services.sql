create or replace function statistics.single_source_services(p_service_ids int[])
returns int[]
language sql stable parallel safe
as $$
  select coalesce(array_agg(c.service_id), '{}')
  from (
    select s.service_id
    from org.source_names s
    where s.service_id = any (p_service_ids)
    group by s.service_id
    having count(*) = 1
  ) c
$$;
comment on function statistics.single_source_services(int[]) is
  'Those of some services that have one source: their facts already are the service''s intervals, so no rollup of grain 0 repeats them.';
