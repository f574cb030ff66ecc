create or replace function statistics.touch_changed_source()
returns trigger
language plpgsql volatile parallel unsafe
as $$
declare
  v_service_id int := coalesce(new.service_id, old.service_id);
begin
  -- A new source matters when it is the second: from then on the service has intervals of its own (rollups of grain 0).
  if tg_op = 'UPDATE' or (select count(*) from org.source_names s where s.service_id = v_service_id) <= 2 then
    perform statistics.lock_services(array[v_service_id]);
    perform statistics.touch_service(v_service_id);
  end if;
  return null;
end
$$;
comment on function statistics.touch_changed_source() is 'Logs what changes when a service gets its second source or loses it, or a source becomes another.';

create or replace trigger touch_changed_source
after insert or delete or update of kind, external_name on org.sources
for each row
execute function statistics.touch_changed_source();
