create or replace function ingest.erase_person(p_batch_ids uuid[], p_words text[])
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_rows bigint;
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
    -- The job that clears uploads away takes these with it, however old they are.
    update ingest.import_batches b
    set is_file_unwanted = true, updated_at = platform.now()
    where b.file_deleted_at is null and (b.batch_id = any (p_batch_ids) or b.batch_id in (select d.batch_id from erased d))
  )
  select count(*) into v_rows from erased;
  return v_rows;
end
$$;
comment on function ingest.erase_person(uuid[], text[]) is 'Erases what findings of imports of people hold of a person (the imports that brought them, and words that name them), marks those files for the next clearing, and returns how many findings that were.';
