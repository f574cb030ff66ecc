create or replace function statistics.merge_services(p_from_id int, p_into_id int, p_conflicts text default 'refuse')
returns table (sources_moved int, queues_moved int, rows_moved bigint, rows_dropped bigint)
language plpgsql volatile parallel unsafe
as $$
declare
  v_from int[];
  v_into int[];
  v_table text;
begin
  perform statistics.lock_services(array[p_from_id, p_into_id]);
  if exists (select from statistics.rollups r where r.service_id = p_from_id and r.bucket < statistics.kept_from(p_from_id))
    or exists (select from statistics.agent_rollups r where r.service_id = p_from_id and r.bucket < (select statistics.kept_from(p_from_id))) then
    raise exception using errcode = 'QH409',
      message = format('the detail of service %s before %s was let go of; its rollups cannot become another service''s', p_from_id, statistics.kept_from(p_from_id)),
      hint = 'Keep both services, or delete the one that is not needed.';
  end if;
  perform statistics.merge_service_agents(p_from_id, p_into_id);
  select array_agg(a.from_source_id) filter (where a.from_source_id is not null),
    array_agg(a.into_source_id) filter (where a.from_source_id is not null),
    count(a.from_source_id), count(a.from_group_id)
  into v_from, v_into, sources_moved, queues_moved
  from org.adopt_service(p_from_id, p_into_id) a;
  rows_dropped := statistics.drop_overlaps(p_from_id, p_into_id, v_from, v_into, p_conflicts);
  insert into statistics.off_hour_services (service_id)
  select p_into_id from statistics.off_hour_services o where o.service_id = p_from_id
  on conflict (service_id) do nothing;
  perform statistics.touch_spans(
    array_agg(p_into_id), array_agg(d.source_id), array_agg(d.from_time), array_agg(d.to_time))
  from (
    select m.into_id as source_id, min(f.interval_start_time) as from_time,
      max(f.interval_start_time + make_interval(mins => f.interval_minutes)) as to_time
    from unnest(v_from, v_into) as m (from_id, into_id)
    join statistics.contact_statistics f on f.service_id = p_from_id and f.source_id = m.from_id
    group by m.into_id, date_bin('1 day', f.interval_start_time, '2000-01-01 00:00:00+00')
  ) d;
  perform statistics.log_changed_rows(array_agg(f.service_id), array_agg(f.source_id), array_agg(f.interval_start_time))
  from statistics.contact_statistics f
  where f.service_id = p_from_id;
  perform statistics.log_changes(array_agg(p_into_id), array_agg(m.into_id), array_agg(m.first_time), array_agg(m.last_time), null)
  from (
    select t.into_id, min(f.interval_start_time) as first_time, max(f.interval_start_time) as last_time
    from unnest(v_from, v_into) as t (from_id, into_id)
    join statistics.contact_statistics f on f.service_id = p_from_id and f.source_id = t.from_id
    group by t.into_id
  ) m;
  -- Inserted and deleted, not updated: the service is the distribution key.
  foreach v_table in array '{contact_statistics,overwritten_rows,loads}'::text[] loop
    execute (
      select format(
        'insert into statistics.%1$I (service_id, source_id, %2$s)
         select $1, m.into_id, %3$s from unnest($3, $4) as m (from_id, into_id)
         join statistics.%1$I f on f.service_id = $2 and f.source_id = m.from_id
         on conflict %4$s',
        v_table, string_agg(quote_ident(a.attname), ', ' order by a.attnum), string_agg('f.' || quote_ident(a.attname), ', ' order by a.attnum),
        -- A batch that was posted to both has said something of both parts.
        case v_table when 'loads' then '(service_id, source_id, batch_id) do update set
          load_number = greatest(loads.load_number, excluded.load_number),
          first_start_time = least(loads.first_start_time, excluded.first_start_time),
          last_start_time = greatest(loads.last_start_time, excluded.last_start_time),
          confirmed_spans = loads.confirmed_spans + excluded.confirmed_spans,
          replaced_spans = loads.replaced_spans + excluded.replaced_spans' else 'do nothing' end)
      from pg_attribute a
      where a.attrelid = ('statistics.' || quote_ident(v_table))::regclass and a.attnum > 0 and not a.attisdropped
        and a.attname not in ('service_id', 'source_id')
    ) using p_into_id, p_from_id, v_from, v_into;
    if v_table = 'contact_statistics' then
      get diagnostics rows_moved = row_count;
    end if;
    execute format('delete from statistics.%I f where f.service_id = $1', v_table) using p_from_id;
  end loop;
  perform org.close_service(p_from_id, p_into_id);
  update statistics.posted_batches b set service_ids = array_replace(b.service_ids, p_from_id, p_into_id) where p_from_id = any (b.service_ids);
  insert into statistics.final_batches (service_id, batch_id)
  select p_into_id, b.batch_id from statistics.final_batches b where b.service_id = p_from_id
  on conflict do nothing;
  delete from statistics.final_batches b where b.service_id = p_from_id;
  -- A refresh that is folding this service writes its rollups before they are deleted, not after.
  perform statistics.lock_rollups();
  -- Last, because org's change of mappings marks hours as touched.
  delete from statistics.rollups r where r.service_id = p_from_id;
  delete from statistics.touched_log t where t.service_id = p_from_id;
  delete from statistics.off_hour_services o where o.service_id = p_from_id;
  perform statistics.announce_change(null, array[p_from_id, p_into_id], null, null);
  return next;
end
$$;
comment on function statistics.merge_services(int, int, text) is 'Moves facts, journals, sources and queues of one service into another; its code then leads there.';
