create or replace function quality.statements_problem()
returns text
language plpgsql
stable
parallel unsafe
as $$
begin
  if to_regclass('extensions.pg_stat_statements') is null then
    return 'The extension pg_stat_statements is not in the schema extensions; an administrator of the database can create it there.';
  end if;
  begin
    execute 'select from extensions.pg_stat_statements limit 1';
  exception when others then
    return 'pg_stat_statements does not answer: ' || sqlerrm;
  end;
  return null;
end
$$;
comment on function quality.statements_problem() is 'Why the figures of statements cannot be known; null when they can.';
