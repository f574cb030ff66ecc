create or replace function statistics.kpi_expression(p_name text)
returns text
language sql stable parallel safe strict
as $$
  select null::text
$$;
comment on function statistics.kpi_expression(text) is 'The SQL that makes a column of statistics.figures, cut out of the function as it stands in the database.';
