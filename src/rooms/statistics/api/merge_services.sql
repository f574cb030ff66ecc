create or replace function api.merge_services(p_from text, p_into text, p_conflicts text default 'refuse')
returns table (
  service_id int,
  service_code text,
  sources_moved int,
  queues_moved int,
  rows_moved bigint,
  rows_dropped bigint
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_from_id int := (org.find_service(p_from)).service_id;
  v_into_id int := (org.find_service(p_into)).service_id;
begin
  if p_conflicts is null or p_conflicts not in ('refuse', 'keep_into', 'keep_from') then
    raise exception using errcode = 'QH400',
      message = format('conflicts cannot be %L', p_conflicts),
      hint = 'refuse, keep_into or keep_from.';
  end if;
  return query
  select s.service_id, s.service_code, m.sources_moved, m.queues_moved, m.rows_moved, m.rows_dropped
  from statistics.merge_services(v_from_id, v_into_id, p_conflicts) m
  join org.service_settings s on s.service_id = v_into_id;
end
$$;
comment on function api.merge_services(text, text, text) is 'Merges one service into another: queues of the same code become one, facts move, the old code leads to the new service.';
