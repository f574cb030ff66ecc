create or replace function statistics.make_agent_rows()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  drop table if exists pg_temp.agent_rows, pg_temp.agent_problems;
  create temp table agent_rows of statistics.agent_row on commit drop;
  create temp table agent_problems (row_number int, name text, rule text, value text, expected text, other_row int) on commit drop;
end
$$;
comment on function statistics.make_agent_rows() is 'Makes the empty pg_temp.agent_rows that load_agent_rows reads, and pg_temp.agent_problems for what is wrong with them; both go with the transaction.';
