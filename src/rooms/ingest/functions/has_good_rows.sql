create or replace function ingest.has_good_rows()
returns boolean
language plpgsql volatile parallel unsafe
as $$
begin
  return exists (
    select from pg_temp.staged_rows r
    where not exists (select from pg_temp.rejected_rows x where x.place = ingest.place(r.sheet, r.row_number))
      and not exists (select from pg_temp.ignored_rows i where i.place = ingest.place(r.sheet, r.row_number)));
end
$$;
comment on function ingest.has_good_rows() is 'Whether any staged row can be loaded.';
