create or replace function ingest.erase_person(p_batch_ids uuid[], p_words text[])
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_found bigint;
  v_files bigint;
begin
  -- Of an import that brought the person nobody can tell which values are theirs; elsewhere what names them goes.
  with erased as (
    update ingest.import_errors e
    set value = null, message = 'erased with a person', hint = null
    from ingest.import_batches b
    where b.batch_id = e.batch_id and b.service_code is null
      and (b.batch_id = any (p_batch_ids)
        or exists (
          select from unnest(p_words) as w (word)
          where length(w.word) > 2 and position(lower(w.word) in lower(concat_ws(' ', e.value, e.message, e.hint))) > 0))
      and (e.value is not null or e.hint is not null or e.message <> 'erased with a person')
    returning e.batch_id
  ), files as (
    -- The job that clears uploads away takes these with it, however old they are. What became of all rows of a file is known only
    -- where it was loaded whole and stands: any other file of people may hold this one.
    update ingest.import_batches b
    set is_file_unwanted = true, updated_at = platform.now()
    where b.file_deleted_at is null and not b.is_file_unwanted and b.origin = 'workbook'
      and (b.batch_id = any (p_batch_ids) or b.batch_id in (select d.batch_id from erased d)
        or b.service_code is null and (b.status <> 'completed' or b.dry_run))
    returning 1
  )
  select (select count(*) from erased), (select count(*) from files) into v_found, v_files;
  return jsonb_build_array(
    jsonb_build_object('table', 'ingest.import_errors', 'column', 'value, message, hint', 'rows', v_found),
    jsonb_build_object('table', 'ingest.import_batches', 'column', 'file', 'rows', v_files));
end
$$;
comment on function ingest.erase_person(uuid[], text[]) is 'Erases what findings of imports of people hold of a person (the imports that brought them, and words that name them), marks the files that may hold them for the next clearing, and returns table, column and how many of both.';
