create or replace function ingest.whole_number(p_text text)
returns bigint
language sql immutable parallel safe strict
as $$
  -- Excel keeps 15 digits: what is nearer to a whole number than that is one.
  select case when abs(n.number) < 1e15 and abs(n.number - round(n.number)) < 1e-9 then round(n.number)::bigint end
  from (select ingest.cell_number(p_text) as number) n
$$;
comment on function ingest.whole_number(text) is 'The whole number that a cell''s text is; null when it is none or has more than 15 digits.';
