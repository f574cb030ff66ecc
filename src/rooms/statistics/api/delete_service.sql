create or replace function api.delete_service(p_service_id int, p_confirm text)
returns table (service_id int, service_code text, rows_deleted bigint, sources_deleted int, queues_deleted int)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_code text := (org.find_service_by_id(p_service_id)).service_code;
begin
  if p_confirm is distinct from v_code then
    raise exception using errcode = 'QH400',
      message = format('confirm is %L, but the service''s code is %L', p_confirm, v_code),
      hint = 'A deleted service cannot be brought back; repeat its code in confirm if you mean it.';
  end if;
  return query
  select p_service_id, v_code, d.rows_deleted, d.sources_deleted, d.queues_deleted
  from statistics.delete_service(p_service_id) d;
end
$$;
comment on function api.delete_service(int, text) is 'Deletes a service with everything that it holds, when confirm is its code.';
