create or replace function ingest.cell_number(p_text text)
returns numeric
language sql immutable parallel safe strict
as $$
  select case
      when t.text ~ '^[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?$' then t.text::numeric
    end
  from (
    -- Groups of digits may be parted by spaces; one comma is a decimal comma; U+2212 is a minus sign.
    select regexp_replace(replace(replace(regexp_replace(ingest.cell_text(p_text), '(?<=\d) (?=\d)', '', 'g'), U&'\2212', '-'), ',', '.'),
      ' ?%$', '') as text
  ) t
$$;
comment on function ingest.cell_number(text) is 'The number that a cell''s text is: spaces between digits, a decimal comma and a per cent sign are understood; null when it is none.';
