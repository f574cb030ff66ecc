create or replace function ingest.forget_demo_batches()
returns int
language sql
volatile
parallel unsafe
as $$
  with gone as (
    delete from ingest.import_batches as b
    where b.is_demo
    returning 1
  )
  select count(*)::int from gone
$$;
comment on function ingest.forget_demo_batches() is 'Deletes the history of the demo''s imports; for after its figures are gone.';
