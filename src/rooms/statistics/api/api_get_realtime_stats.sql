create or replace function api.api_get_realtime_stats(p_service_ids int[] default null, p_lookback_minutes int default 60)
returns table (
  service_id int,
  current_interval_start timestamptz,
  calls_last_hour bigint,
  avg_handle_time_ms bigint,
  current_service_level numeric,
  agents_available int,
  calls_in_queue bigint,
  service_code text,
  from_time timestamptz,
  to_time timestamptz,
  data_until timestamptz,
  coverage_pct double precision
)
language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := platform.now();
  v_from timestamptz;
  v_quarter timestamptz := date_bin('15 minutes', platform.now(), '2000-01-01 00:00:00+00');
begin
  if p_lookback_minutes is null or p_lookback_minutes not between 1 and 1440 then
    raise exception using errcode = 'QH400', message = format('a lookback of %s minutes is not possible', coalesce(p_lookback_minutes::text, 'null')),
      hint = 'Give 1 to 1440 minutes.';
  end if;
  v_from := v_now - make_interval(mins => p_lookback_minutes);
  return query
  select s.service_id, v_quarter, f.offered, round(f.aht_seconds * 1000)::bigint, round(f.service_level_pct::numeric, 2),
    a.agents_available, w.calls_in_queue, s.service_code, v_from, v_now, d.data_until, f.coverage_pct
  from org.service_settings s
  left join statistics.figures(v_from, v_now, null, 'UTC', p_service_ids, null, 'service') f on f.service_id = s.service_id
  -- Whoever was ready in the latest quarter that is told, if that is not long ago; unknown when nothing is told of agents.
  left join lateral (
    select count(distinct g.agent_id) filter (where g.ready_seconds > 0)::int as agents_available
    from statistics.agent_activity g
    where g.service_id = s.service_id
      and g.interval_start_time = (
        select max(l.interval_start_time)
        from statistics.agent_activity l
        where l.service_id = s.service_id and l.interval_start_time > v_quarter - interval '30 minutes' and l.interval_start_time <= v_now)
    having count(*) > 0
  ) a on true
  -- Contacts that live sources delivered in this time and that have neither been answered nor lost; unknown without live sources.
  left join lateral (
    select sum(greatest(c.offered - coalesce(c.handled, 0) - coalesce(c.abandoned, 0), 0)) as calls_in_queue
    from statistics.contact_statistics c
    join org.source_names n on n.service_id = c.service_id and n.source_id = c.source_id and n.kind = 'live'
    where c.service_id = s.service_id and c.interval_start_time >= v_from and c.interval_start_time <= v_now
      and (n.external_name = '') = exists (
        select from org.source_names t where t.service_id = c.service_id and t.kind = 'live' and t.external_name = '')
  ) w on true
  left join lateral (
    select max(c.interval_start_time + make_interval(mins => c.interval_minutes)) as data_until
    from statistics.contact_statistics c
    where c.service_id = s.service_id and c.interval_start_time >= v_from and c.interval_start_time <= v_now
  ) d on true
  where p_service_ids is null or s.service_id = any (p_service_ids)
  order by s.service_id;
end
$$;
comment on function api.api_get_realtime_stats(int[], int) is
  'Services over the last minutes up to now: contacts, handle time in ms, service level in per cent, agents ready, contacts waiting. What no source says is null.';
