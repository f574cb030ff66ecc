create or replace function ingest.imported_before(p_sha256 text, p_service_code text)
returns table (batch_id uuid)
language sql stable parallel safe
as $$
  select b.batch_id
  from ingest.import_batches b
  where b.sha256 = p_sha256 and not b.dry_run and b.status in ('completed', 'completed_with_errors')
    and (p_service_code is null or b.service_code = p_service_code)
  order by b.created_at desc
  limit 1
$$;
comment on function ingest.imported_before(text, text) is 'The latest completed import of a file with these contents into a service (null: any), which was not undone.';
