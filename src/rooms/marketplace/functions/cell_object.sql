create or replace function marketplace.cell_object(p_text text)
returns jsonb
language plpgsql immutable parallel unsafe strict
as $$
begin
  return case when left(ltrim(p_text), 1) = '{' then p_text::jsonb end;
exception when data_exception or program_limit_exceeded then
  return null;
end
$$;
comment on function marketplace.cell_object(text) is 'The JSON object that a cell''s text is; null when it is none.';
