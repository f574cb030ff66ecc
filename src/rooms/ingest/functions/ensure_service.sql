create or replace function ingest.ensure_service(p_code text, p_zone text, p_is_demo boolean)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_service_id int := ingest.service_of_code(p_code);
begin
  if v_service_id is not null then
    return v_service_id;
  end if;
  v_service_id := org.create_service(p_code, p_code, p_zone, p_is_demo);
  perform ingest.warn('SERVICE_CREATED', format('There was no service “%s”: it was made, with time zone %s.', p_code, p_zone), array[p_code]);
  return v_service_id;
exception
  when sqlstate 'QH409' then
    -- Another import made it while we waited for its key.
    return (org.find_service(p_code)).service_id;
end
$$;
comment on function ingest.ensure_service(text, text, boolean) is 'The service with this code, made (with a warning) when there is none.';
