create or replace function platform.audit_sql_writes(p_table text)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  if exists (select from pg_catalog.pg_trigger t where t.tgrelid = p_table::regclass and t.tgname = 'audit_sql_write') then
    return;
  end if;
  -- At the commit, so that others wait for the head of the chain no longer than they must. The server writes one row per operation
  -- itself; who logs in as the owner can do without any trigger.
  execute pg_catalog.format(
    'create constraint trigger audit_sql_write after insert or update or delete on %s deferrable initially deferred for each row
     when (session_user <> all (%L::name[])) execute function platform.audit_sql_write()', p_table::regclass, '{qh_server,qh_admin,qh_owner}');
end
$$;
comment on function platform.audit_sql_writes(text) is 'Declares that changes of a table by SQL logins stand in the audit; for policies.sql of the rooms, not for facts.';
