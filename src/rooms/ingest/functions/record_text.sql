create or replace function ingest.record_text(p_text text)
returns text
language sql immutable parallel safe strict
as $$
  -- A number cell of many digits, such as a phone, is kept in the workbook as 7.9161234567E10.
  select case when t.text ~ '^\d\.\d{1,14}E\+?\d{1,2}$' then trim_scale(t.text::numeric)::text else nullif(t.text, '') end
  from (select ingest.cell_text(p_text) as text) t
$$;
comment on function ingest.record_text(text) is 'A cell''s text with plain white space; null when it is blank.';
