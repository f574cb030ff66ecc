create or replace function statistics.merge_service_facts(p_from int, p_into int)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_old int[];
  v_new int[];
  v_collisions bigint;
  v_example record;
  v_moved bigint;
begin
  if p_from = p_into then
    raise exception using errcode = 'QH400',
      message = 'a service cannot be merged into itself',
      hint = 'Name two services.';
  end if;
  perform statistics.lock_services(array[p_from, p_into]);
  perform statistics.lock_rollups();
  perform org.ensure_sources(p_into, k.kind, k.names)
  from (
    select s.kind, array_agg(s.external_name) as names
    from org.source_names s
    where s.service_id = p_from
      and exists (select from statistics.loads l where l.service_id = p_from and l.source_id = s.source_id)
    group by s.kind
  ) k;
  select array_agg(s.source_id), array_agg(t.source_id)
  into v_old, v_new
  from org.source_names s
  join org.source_names t on t.service_id = p_into and t.kind = s.kind and t.external_name = s.external_name
  where s.service_id = p_from;
  select count(*) over () as collisions, f.interval_start_time, s.kind, s.external_name
  into v_example
  from unnest(v_old, v_new) as m (old_id, new_id)
  join statistics.contact_statistics f on f.service_id = p_from and f.source_id = m.old_id
  join org.source_names s on s.service_id = p_from and s.source_id = m.old_id
  where exists (
    select
    from statistics.contact_statistics o
    where o.service_id = p_into and o.source_id = m.new_id
      and o.interval_start_time > f.interval_start_time - interval '60 minutes'
      and o.interval_start_time < f.interval_start_time + f.interval_minutes * interval '1 minute'
      and o.interval_start_time + o.interval_minutes * interval '1 minute' > f.interval_start_time)
  order by f.interval_start_time
  limit 1;
  if found then
    raise exception using errcode = 'QH409',
      message = format('%s intervals stand in both services, the first at %s (source %s %s)',
        v_example.collisions, v_example.interval_start_time, v_example.kind, coalesce(nullif(v_example.external_name, ''), 'total')),
      hint = 'Undo the imports of one side that overlap, then merge.';
  end if;
  update statistics.contact_statistics f
  set service_id = p_into, source_id = m.new_id
  from unnest(v_old, v_new) as m (old_id, new_id)
  where f.service_id = p_from and f.source_id = m.old_id;
  get diagnostics v_moved = row_count;
  update statistics.overwritten_rows o
  set service_id = p_into, source_id = m.new_id
  from unnest(v_old, v_new) as m (old_id, new_id)
  where o.service_id = p_from and o.source_id = m.old_id;
  insert into statistics.loads as l (batch_id, service_id, source_id, load_number, first_start_time, last_start_time, confirmed_spans, replaced_spans, loaded_at)
  select o.batch_id, p_into, m.new_id, o.load_number, o.first_start_time, o.last_start_time, o.confirmed_spans, o.replaced_spans, o.loaded_at
  from unnest(v_old, v_new) as m (old_id, new_id)
  join statistics.loads o on o.service_id = p_from and o.source_id = m.old_id
  on conflict (service_id, source_id, batch_id) do update set
    first_start_time = least(l.first_start_time, excluded.first_start_time),
    last_start_time = greatest(l.last_start_time, excluded.last_start_time),
    confirmed_spans = l.confirmed_spans + excluded.confirmed_spans,
    replaced_spans = l.replaced_spans + excluded.replaced_spans;
  insert into statistics.off_hour_services (service_id)
  select p_into
  from statistics.off_hour_services o
  where o.service_id = p_from
  on conflict do nothing;
  perform statistics.touch_service(p_into);
  delete from statistics.loads l where l.service_id = p_from;
  delete from statistics.rollups r where r.service_id = p_from;
  delete from statistics.touched_log t where t.service_id = p_from;
  delete from statistics.off_hour_services o where o.service_id = p_from;
  perform statistics.announce_change(null, array[p_from, p_into], null, null);
  return v_moved;
end
$$;
comment on function statistics.merge_service_facts(int, int) is
  'Moves all facts of a service, with their undo history, to the sources of the same kind and name of another; refuses when an interval stands in both. Returns how many facts moved.';
