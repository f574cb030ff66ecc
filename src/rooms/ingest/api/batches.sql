create or replace function api.batches(p_service text default null, p_status text default null)
returns setof ingest.batch_rows
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_code text := case when p_service is not null then (org.find_service(p_service)).service_code end;
begin
  return query
  select b.*
  from ingest.batch_rows b
  where (v_code is null or b.service = v_code) and (p_status is null or b.status = p_status);
end
$$;
comment on function api.batches(text, text) is 'Imports with progress, counts and warnings; of one service and in one status if asked.';
