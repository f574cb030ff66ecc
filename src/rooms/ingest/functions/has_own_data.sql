create or replace function ingest.has_own_data(p_service_id int)
returns boolean
language sql
stable
parallel safe
as $$
  select exists (
    select
    from statistics.batches_of_service(p_service_id) as f
    where not exists (select from ingest.import_batches as b where b.batch_id = f.batch_id and b.is_demo)
  )
$$;
comment on function ingest.has_own_data(int) is 'Whether a service holds figures that the demo did not bring.';
