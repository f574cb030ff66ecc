-- platform: statements that took long, one row per text.

create table platform.slow_statements (
  statement_id text primary key,
  statement text not null,
  operation text,
  slow_count bigint not null check (slow_count > 0),
  total_ms double precision not null,
  max_ms double precision not null,
  last_request_id text,
  last_at timestamptz not null,
  plan text,
  plan_problem text,
  planned_at timestamptz
);
create index slow_statements_last_at on platform.slow_statements (last_at desc, statement_id desc);
comment on table platform.slow_statements is 'Statements of the server that took longer than QH_SLOW_QUERY_MS; values are never kept. The 500 latest stay.';
comment on column platform.slow_statements.statement_id is 'First 16 hexadecimal digits of the SHA-256 of the text.';
comment on column platform.slow_statements.statement is 'The text with its $1, $2 …, at most 10,000 characters.';
comment on column platform.slow_statements.plan is 'The generic plan as EXPLAIN prints it; a function is one node of it.';
comment on column platform.slow_statements.plan_problem is 'Why there is no plan.';
