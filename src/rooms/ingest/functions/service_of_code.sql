create or replace function ingest.service_of_code(p_code text)
returns int
language plpgsql stable parallel unsafe
as $$
begin
  -- Through org's function, so that the code of a merged service still leads to its successor.
  return (org.find_service(p_code)).service_id;
exception
  when sqlstate 'QH404' then
    return null;
end
$$;
comment on function ingest.service_of_code(text) is 'The service with this code, or null when the import will make it.';
