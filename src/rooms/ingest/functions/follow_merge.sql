create or replace function ingest.follow_merge()
returns trigger
language plpgsql volatile parallel unsafe
as $$
begin
  update ingest.import_batches b
  set service_id = new.merged_into_id, updated_at = platform.now()
  where b.service_id = new.service_id;
  return null;
end
$$;
comment on function ingest.follow_merge() is 'Gives the imports of a service that was merged to the one that it became, which decides who sees and undoes them.';

create or replace trigger follow_merge
after update of merged_into_id on org.services
for each row
when (new.merged_into_id is not null and new.merged_into_id is distinct from old.merged_into_id)
execute function ingest.follow_merge();
