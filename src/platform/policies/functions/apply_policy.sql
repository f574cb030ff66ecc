create or replace function platform.apply_policy(p_table regclass, p_scope platform.row_scopes)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_all text := pg_catalog.format('using (%s) with check (%s)', p_scope.using_rule, p_scope.check_rule);
  v_read text := pg_catalog.format('for select using (%s)', p_scope.read_rule);
begin
  -- A policy that is there as declared stays untouched, so that an apply does not wait for every reader.
  if exists (
    select from pg_catalog.pg_policy p
    join pg_catalog.pg_class c on c.oid = p.polrelid
    where p.polrelid = p_table and p.polname = 'scope' and c.relrowsecurity and c.relforcerowsecurity
      and pg_catalog.obj_description(p.oid, 'pg_policy') = v_all || ' ' || v_read
  ) then
    return;
  end if;
  execute pg_catalog.format('drop policy if exists scope on %s', p_table);
  execute pg_catalog.format('drop policy if exists scope_to_read on %s', p_table);
  execute pg_catalog.format('create policy scope on %s %s', p_table, v_all);
  if p_scope.read_rule <> p_scope.using_rule then
    execute pg_catalog.format('create policy scope_to_read on %s %s', p_table, v_read);
  end if;
  execute pg_catalog.format('comment on policy scope on %s is %L', p_table, v_all || ' ' || v_read);
  execute pg_catalog.format('alter table %s enable row level security, force row level security', p_table);
end
$$;
comment on function platform.apply_policy(regclass, platform.row_scopes) is 'Sees that a table has the row policy that is declared, also for its owner.';
