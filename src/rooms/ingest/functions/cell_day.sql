create or replace function ingest.cell_day(p_text text)
returns date
language sql immutable parallel safe strict
as $$
  select ingest.cell_date(case
      when t.text ~ '^\d{1,2}\.\d{1,2}\.\d{4}( 0?0:00(:00)?)?$' then (regexp_match(t.text, '^(\d+)\.(\d+)\.(\d{4})'))[1:3]
      when t.text ~ '^\d{4}-\d{2}-\d{2}([T ]00:00(:00)?)?$' then array[substr(t.text, 9, 2), substr(t.text, 6, 2), substr(t.text, 1, 4)]
    end)::date
  from (select ingest.cell_text(p_text) as text) t
$$;
comment on function ingest.cell_day(text) is 'The day that a cell''s text is: DD.MM.YYYY or YYYY-MM-DD; null when it is none, or the calendar does not have it.';
