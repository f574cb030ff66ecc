-- platform: which rows of which table a session may see; printed from the rooms' policies.sql by every apply.

create table platform.row_scopes (
  table_name text primary key,
  using_rule text,
  check_rule text,
  read_rule text,
  reason text,
  check ((using_rule is null) <> (reason is null)),
  check ((using_rule is null) = (check_rule is null) and (using_rule is null) = (read_rule is null))
);
comment on table platform.row_scopes is 'Every table with its row policy, or with the reason why it has none. Written by apply alone.';
comment on column platform.row_scopes.using_rule is 'Which rows a session may change and delete.';
comment on column platform.row_scopes.check_rule is 'What a row that a session writes must fulfil.';
comment on column platform.row_scopes.read_rule is 'Which rows a session may see.';
comment on column platform.row_scopes.reason is 'Why all rows are everybody''s who may read the table.';
