create or replace function platform.audit_sql_write()
returns trigger
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_hidden text[] := array(
    select c.column_name from platform.personal_columns c
    where c.schema_name = tg_table_schema and c.table_name = tg_table_name);
  v_before jsonb;
  v_after jsonb;
begin
  if tg_op <> 'INSERT' then
    v_before := to_jsonb(old) - v_hidden;
  end if;
  if tg_op <> 'DELETE' then
    v_after := to_jsonb(new) - v_hidden;
  end if;
  if v_before is not distinct from v_after then
    return null;
  end if;
  perform platform.append_audit(jsonb_build_object(
    'principal_kind', 'sql', 'principal_id', session_user, 'principal_name', session_user,
    'operation', 'sql.' || lower(tg_op), 'object', tg_table_schema || '.' || tg_table_name, 'before', v_before, 'after', v_after));
  return null;
end
$$;
comment on function platform.audit_sql_write() is 'Trigger: writes into the audit what a SQL login changed by a function, row by row, without what is personal.';
