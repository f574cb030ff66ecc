create or replace function database.view_keys()
returns table (view_name text, key_columns text[])
language sql immutable parallel safe
as $$
  values ('contact_statistics', '{service_id,source_id,interval_start_time}'::text[])
$$;
comment on function database.view_keys() is 'Columns that tell the rows of a big view of api apart, which PostgreSQL cannot know; pages of other views are ordered by all their columns.';
