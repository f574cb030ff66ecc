create or replace function ingest.decimals_of(p_column text)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_decimals int;
begin
  -- Ten thousand rows show how a column is printed. Above three places the exact product would not fit a bigint.
  execute format('select least(coalesce(max(scale(trim_scale(s.v))), 0), 3) from (select r.%I as v from pg_temp.staged_rows r limit 10000) s', p_column)
  into v_decimals;
  return v_decimals;
end
$$;
comment on function ingest.decimals_of(text) is 'How many decimal places a staged column prints, which tells the rounding of its ratios.';
