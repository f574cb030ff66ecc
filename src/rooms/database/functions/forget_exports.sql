create or replace function database.forget_exports(p_words text[])
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_files bigint;
  v_orders bigint;
begin
  -- What waits is read after the erasure; what is being written is read as it was before. Only a table without personal columns holds nobody:
  -- of a view or a list nothing says so.
  update database.exports e
  set status = case e.status when 'running' then 'failed' else 'expired' end,
    detail = 'The file was deleted, because it may tell of somebody who was erased after it was asked for.',
    finished_at = coalesce(e.finished_at, platform.now()), updated_at = platform.now()
  where e.status in ('running', 'completed')
    and not exists (
      select from database.relations(e.configuration ->> 'table_name') r
      where e.configuration ? 'table_name' and r.table_type = 'table' and not jsonb_path_exists(r.columns, '$[*].personal ? (@ != null)'));
  get diagnostics v_files = row_count;
  -- What was asked for may name the person.
  update database.exports e
  set configuration = e.configuration - '{filter,input}'::text[], updated_at = platform.now()
  where e.status not in ('queued', 'running')
    and exists (
      select from unnest(p_words) as w (word)
      where length(w.word) > 2 and position(lower(w.word) in lower(e.configuration::text)) > 0);
  get diagnostics v_orders = row_count;
  return jsonb_build_array(
    jsonb_build_object('table', 'database.exports', 'column', 'file', 'rows', v_files),
    jsonb_build_object('table', 'database.exports', 'column', 'configuration', 'rows', v_orders));
end
$$;
comment on function database.forget_exports(text[]) is 'Ends the files of exports that may hold somebody who is erased, and what their orders say of them by one of the words; the job database.clear_exports deletes the files. Returns table, column and number of rows.';
