create or replace function platform.leave_open(p_table text, p_reason text)
returns void
language sql volatile parallel unsafe
as $$
  delete from platform.row_scopes s where s.table_name = p_table::regclass::text;
  insert into platform.row_scopes (table_name, reason) values (p_table::regclass::text, p_reason);
$$;
comment on function platform.leave_open(text, text) is 'Declares that all rows of a table are everybody''s who may read it, and why; for policies.sql of the rooms.';
