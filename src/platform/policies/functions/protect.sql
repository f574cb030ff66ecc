create or replace function platform.protect(p_table text, p_using text, p_check text default null, p_read text default null)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_scope platform.row_scopes;
begin
  delete from platform.row_scopes s where s.table_name = p_table::regclass::text;
  insert into platform.row_scopes (table_name, using_rule, check_rule, read_rule)
  values (p_table::regclass::text, p_using, coalesce(p_check, p_using), coalesce(p_read, p_using))
  returning * into v_scope;
  perform platform.apply_policy(p_table::regclass, v_scope);
end
$$;
comment on function platform.protect(text, text, text, text) is 'Declares which rows of a table a session may change (using), write (check) and see (read; both default to the first); for policies.sql of the rooms.';
