create or replace function ingest.settings()
returns table (first_year int, last_year int, keep_uploads_days int)
language sql stable parallel safe
as $$
  select
    coalesce((select (s.value #>> '{}')::int from platform.settings s where s.name = 'ingest.first_year'), 2020),
    coalesce((select (s.value #>> '{}')::int from platform.settings s where s.name = 'ingest.last_year'), 2030),
    coalesce((select (s.value #>> '{}')::int from platform.settings s where s.name = 'ingest.keep_uploads_days'), 30)
$$;
comment on function ingest.settings() is 'First and last calendar year in which a period is believed, and for how many days an uploaded file is kept.';
