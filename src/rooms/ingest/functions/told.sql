create or replace function ingest.told(
  p_message text,
  p_column text,
  p_value text,
  p_expected text,
  p_place int,
  p_other int,
  p_occurrences bigint
)
returns text
language sql immutable parallel safe
as $$
  -- The value comes last, so that braces inside it stay what they are.
  select replace(replace(replace(replace(replace(replace(p_message,
      '{column}', coalesce(p_column, '')),
      '{row}', coalesce((p_place & 2097151)::text, '')),
      '{other_row}', coalesce((p_other & 2097151)::text || case when p_other >> 21 <> p_place >> 21 then ' of sheet ' || (p_other >> 21) else '' end, '')),
      '{occurrences}', coalesce(p_occurrences::text, '')),
      '{expected}', coalesce(p_expected, '')),
      '{value}', coalesce(left(p_value, 200), ''))
$$;
comment on function ingest.told(text, text, text, text, int, int, bigint) is 'A rule''s message with what was found filled in.';
