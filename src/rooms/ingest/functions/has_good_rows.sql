create or replace function ingest.has_good_rows()
returns boolean
language plpgsql volatile parallel unsafe
as $$
begin
  return exists (
    select from pg_temp.staged_rows r
    where r.period is not null
      and not exists (select from pg_temp.rejected_rows x where x.place = ingest.place(r.sheet, r.row_number)));
end
$$;
comment on function ingest.has_good_rows() is 'Whether any staged row can be loaded.';
