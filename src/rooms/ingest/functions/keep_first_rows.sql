create or replace function ingest.keep_first_rows(p_rows int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- The reader stops after about as many rows as were asked for.
  delete from pg_temp.staged_rows r
  using (
    select s.sheet, s.row_number, row_number() over (order by s.sheet, s.row_number) as nth from pg_temp.staged_rows s
  ) n
  where n.nth > p_rows and r.sheet = n.sheet and r.row_number = n.row_number;
end
$$;
comment on function ingest.keep_first_rows(int) is 'Leaves only so many of the staged rows, for a preview.';
