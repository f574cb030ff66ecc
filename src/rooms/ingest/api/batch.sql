create or replace function api.batch(p_batch_id uuid)
returns setof ingest.batch_rows
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query select b.* from ingest.batch_rows b where b.batch_id = p_batch_id;
  if not found then
    raise exception using errcode = 'QH404', message = format('there is no import %s', coalesce(p_batch_id::text, 'null')),
      hint = 'List the imports with: qh ingest batches';
  end if;
end
$$;
comment on function api.batch(uuid) is 'One import with progress, counts and warnings; QH404 when there is none.';
