create or replace function ingest.argus_load_columns()
returns jsonb
language sql immutable parallel safe
as $$
  select '[
    {"name": "period", "kind": "period", "header": "Start time"},
    {"name": "unique_offered", "kind": "count", "header": "Unique incoming"},
    {"name": "offered", "kind": "count", "header": "Non-unique incoming"},
    {"name": "talk_avg_seconds", "kind": "count", "header": "Average talk time"},
    {"name": "wrap_avg_seconds", "kind": "count", "header": "Post-processing"}
  ]'::jsonb
$$;
comment on function ingest.argus_load_columns() is 'The declared columns of the load import for rows that come as JSON; a test compares them with the declaration of the kind.';
