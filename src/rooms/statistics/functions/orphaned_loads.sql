create or replace function statistics.orphaned_loads()
returns bigint
language sql stable parallel safe
as $$
  select count(*)
  from statistics.loads l
  where not exists (select from org.source_names s where s.service_id = l.service_id and s.source_id = l.source_id)
$$;
comment on function statistics.orphaned_loads() is 'Loads whose source is not there any more; there should be none.';
