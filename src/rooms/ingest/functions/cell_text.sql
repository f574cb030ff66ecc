create or replace function ingest.cell_text(p_text text)
returns text
language sql immutable parallel safe strict
as $$
  -- U+00A0, U+2007 and U+202F do not break, U+2000–U+200A are wide and thin, U+200B and U+FEFF are invisible.
  select btrim(regexp_replace(regexp_replace(p_text, '[\u200B\uFEFF]', '', 'g'), '[\s\u00A0\u2000-\u200A\u202F\u3000]+', ' ', 'g'))
$$;
comment on function ingest.cell_text(text) is 'A cell''s text with every kind of white space as one plain space and none at the ends.';
