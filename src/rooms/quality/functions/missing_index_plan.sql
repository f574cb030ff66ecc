create or replace function quality.missing_index_plan(p_table text, p_columns text)
returns text
language plpgsql
volatile
parallel unsafe
as $$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute format('explain select from %1$s where (%2$s) = (select %2$s from %1$s limit 1)', p_table::regclass,
    (select string_agg(format('%I', trim(both '" ' from c)), ', ') from unnest(string_to_array(p_columns, ',')) as c)) loop
    v_plan := v_plan || v_line || E'\n';
  end loop;
  return rtrim(v_plan, E'\n');
end
$$;
comment on function quality.missing_index_plan(text, text) is 'The plan by which a table is searched for some columns; it shows the scan that an index would spare.';
