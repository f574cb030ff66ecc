create or replace function statistics.load_interval_rows(
  p_batch_id uuid,
  p_replace boolean default false,
  out rows_inserted bigint,
  out rows_updated bigint,
  out rows_unchanged bigint
)
language plpgsql volatile parallel unsafe
set jit = off
as $$
declare
  v_now timestamptz := platform.now();
  v_services int[];
  v_sources int[];
  v_first timestamptz[];
  v_last timestamptz[];
  v_off_hour int[];
  v_total bigint;
  v_has_existing boolean;
begin
  select array_agg(l.service_id), array_agg(l.source_id), array_agg(l.first_time), array_agg(l.last_time),
    array_agg(distinct l.service_id) filter (where l.crosses_hours), coalesce(sum(l.row_count), 0)
  into v_services, v_sources, v_first, v_last, v_off_hour, v_total
  from (
    select i.service_id, i.source_id, min(i.interval_start_time) as first_time, max(i.interval_start_time) as last_time, count(*) as row_count,
      bool_or(i.interval_minutes > 15 and extract(minute from i.interval_start_time) + i.interval_minutes > 60) as crosses_hours
    from pg_temp.interval_rows i
    group by i.service_id, i.source_id
  ) l;
  rows_inserted := 0;
  rows_updated := 0;
  rows_unchanged := 0;
  if v_total = 0 then
    return;
  end if;
  perform statistics.lock_services(v_services);
  perform statistics.check_load(p_batch_id, p_replace, v_services, v_sources);
  if v_off_hour is not null then
    insert into statistics.off_hour_services (service_id)
    select o.service_id from unnest(v_off_hour) as o (service_id)
    on conflict do nothing;
  end if;
  insert into statistics.loads as l (batch_id, service_id, source_id, load_number, first_start_time, last_start_time, loaded_at)
  select p_batch_id, t.service_id, t.source_id, nextval('statistics.load_number'), t.first_time, t.last_time, v_now
  from unnest(v_services, v_sources, v_first, v_last) as t (service_id, source_id, first_time, last_time)
  on conflict (service_id, source_id, batch_id) do update set
    first_start_time = least(l.first_start_time, excluded.first_start_time),
    last_start_time = greatest(l.last_start_time, excluded.last_start_time);
  v_has_existing := exists (
    select
    from unnest(v_services, v_sources, v_first, v_last) as t (service_id, source_id, first_time, last_time)
    cross join lateral (
      select
      from statistics.contact_statistics f
      where f.service_id = t.service_id and f.source_id = t.source_id
        and f.interval_start_time > t.first_time - interval '60 minutes' and f.interval_start_time < t.last_time + interval '60 minutes'
      limit 1
    ) f);
  if p_replace and v_has_existing then
    perform statistics.replace_hours(p_batch_id);
  end if;
  if v_has_existing then
    select w.rows_inserted, w.rows_updated, w.rows_unchanged
    into rows_inserted, rows_updated, rows_unchanged
    from statistics.write_changed_rows(p_batch_id, v_now) w;
  else
    rows_inserted := statistics.write_new_rows(p_batch_id, v_now);
  end if;
  if p_replace then
    perform statistics.note_replaced_hours(p_batch_id);
  end if;
  perform statistics.log_changes(v_services, v_sources, v_first, v_last, v_now);
  perform statistics.announce_change(p_batch_id, v_services, (select min(t.moment) from unnest(v_first) as t (moment)),
    (select max(t.moment) from unnest(v_last) as t (moment)));
end
$$;
comment on function statistics.load_interval_rows(uuid, boolean) is
  'Loads pg_temp.interval_rows, one row per key: inserts what is new, updates only what differs and keeps the version before it, confirms the rest; p_replace replaces every hour that it brings whole.';
