create or replace function statistics.forget_changes()
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_days int := coalesce((select (s.value #>> '{}')::int from platform.settings s where s.name = 'statistics.keep_changes_days'), 90);
  v_xid xid8;
  v_rows bigint;
begin
  insert into statistics.change_origin (is_only) values (true) on conflict do nothing;
  -- Only a restored database knows transactions that it has not had: it begins anew, and so does everybody who follows.
  if exists (select from statistics.change_log l where l.xid >= pg_snapshot_xmax(pg_current_snapshot())) then
    delete from statistics.change_log;
    update statistics.change_origin o set origin = left(gen_random_uuid()::text, 8), forgotten_xid = null;
  end if;
  select max(l.xid) into v_xid
  from statistics.change_log l
  where l.changed_at < platform.now() - make_interval(days => v_days);
  delete from statistics.change_log l where l.xid <= v_xid;
  get diagnostics v_rows = row_count;
  update statistics.change_origin o set forgotten_xid = v_xid where v_xid > coalesce(o.forgotten_xid, '0');
  return v_rows;
end
$$;
comment on function statistics.forget_changes() is 'Forgets what changed longer ago than the setting statistics.keep_changes_days (default 90); whoever follows from before is told to start over.';
