create or replace function ingest.largest(p_cell_kind text)
returns bigint
language sql immutable parallel safe strict
as $$
  -- A count must fit an int; sums over years of seconds must fit a bigint; an average of 11 days is none.
  select case p_cell_kind when 'share' then 100 when 'average' then 1000000 else 2147483647 end
$$;
comment on function ingest.largest(text) is 'The largest number that a cell of this kind may hold.';
