create or replace function org.find_service_by_id(p_service_id int)
returns org.services
language plpgsql stable parallel safe
as $$
declare
  v_service org.services;
begin
  select s.* into v_service
  from org.services s
  where s.service_id = p_service_id and s.merged_into_id is null;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no service with id %s', coalesce(p_service_id::text, 'null')),
      hint = 'List the services with: qh org services';
  end if;
  return v_service;
end
$$;
comment on function org.find_service_by_id(int) is 'The service with this id; QH404 when there is none or it was merged into another.';
