create or replace function org.find_service(p_code text)
returns org.services
language plpgsql stable parallel safe
as $$
declare
  v_service org.services;
  v_closest text;
begin
  select s.* into v_service from org.services s where s.service_code = p_code and s.merged_into_id is null;
  if found then
    return v_service;
  end if;
  -- A merged service's code stays good: it leads to the service that took its history over.
  with recursive chain as (
    select s.service_id, s.merged_into_id from org.services s where s.service_code = p_code
    union all
    select s.service_id, s.merged_into_id from chain c join org.services s on s.service_id = c.merged_into_id
  )
  select s.* into v_service
  from chain c join org.services s on s.service_id = c.service_id
  where c.merged_into_id is null;
  if found then
    return v_service;
  end if;
  select org.closest_codes(p_code, array_agg(s.service_code)) into v_closest
  from org.services s where s.merged_into_id is null;
  raise exception using errcode = 'QH404',
    message = format('there is no service %L', p_code),
    hint = coalesce('Did you mean: ' || v_closest || '?', 'List the services with: qh org services');
end
$$;
comment on function org.find_service(text) is 'The service with this code (followed through merges); QH404 with the closest codes when there is none.';
