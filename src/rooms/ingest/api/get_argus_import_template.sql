create or replace function api.get_argus_import_template()
returns table (column_letter text, header_name text, format_description text, example_value text, is_required boolean)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select v.letter, v.header, v.format, v.example, true
  from (
    values
      ('A', 'Start time', 'DD.MM.YYYY HH:MM:SS', '01.01.2024 09:00:00'),
      ('B', 'Unique incoming', 'Whole number, 0 or more', '10'),
      ('C', 'Non-unique incoming', 'Whole number, at least column B', '15'),
      ('D', 'Average talk time', 'Whole number of seconds per contact of column C', '300'),
      ('E', 'Post-processing', 'Whole number of seconds per contact of column C', '30')
  ) as v (letter, header, format, example)
  order by v.letter
$$;
comment on function api.get_argus_import_template() is 'The columns of the load import: letter, header, format and an example.';
