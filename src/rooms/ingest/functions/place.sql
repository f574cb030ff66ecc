create or replace function ingest.place(p_sheet smallint, p_row_number int)
returns int
language sql immutable parallel safe
as $$
  -- A sheet has at most 2^20 rows and a workbook fewer than 1000 parts, so both fit in one int.
  select (p_sheet::int << 21) | p_row_number
$$;
comment on function ingest.place(smallint, int) is 'One number for sheet and row that sorts as they do.';
