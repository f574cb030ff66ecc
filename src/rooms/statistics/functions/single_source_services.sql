create or replace function statistics.single_source_services(p_service_ids int[])
returns int[]
language plpgsql stable parallel safe
as $$
begin
  return array(
    select s.service_id
    from org.source_names s
    where s.service_id = any (p_service_ids)
    group by s.service_id
    having count(*) = 1);
end
$$;
comment on function statistics.single_source_services(int[]) is
  'Those of some services that have one source: their facts already are the service''s intervals, so no rollup of grain 0 repeats them.';
