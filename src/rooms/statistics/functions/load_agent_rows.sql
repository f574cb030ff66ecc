create or replace function statistics.load_agent_rows(
  p_batch_id uuid,
  p_new_agent_ids int[] default '{}',
  out rows_inserted bigint,
  out rows_updated bigint,
  out rows_unchanged bigint
)
language plpgsql volatile parallel unsafe
set jit = off
as $$
declare
  v_now timestamptz := platform.now();
  v_agents int[];
  v_services int[];
  v_first timestamptz;
  v_last timestamptz;
  v_kept timestamptz;
begin
  rows_inserted := 0;
  rows_updated := 0;
  rows_unchanged := 0;
  select array_agg(distinct r.agent_id), array_agg(distinct r.service_id), min(r.interval_start_time), max(r.interval_start_time)
  into v_agents, v_services, v_first, v_last
  from pg_temp.agent_rows r;
  if v_agents is null then
    return;
  end if;
  perform statistics.lock_agents(v_agents);
  if exists (select from statistics.agent_loads l where l.batch_id = p_batch_id) then
    raise exception using errcode = 'QH409',
      message = format('batch %s has loaded agent activity before', p_batch_id),
      hint = 'Load the rows under a new batch.';
  end if;
  select d.kept_from into v_kept from statistics.dropped_agent_rows() d limit 1;
  if found then
    raise exception using errcode = 'QH409',
      message = format('rows of agents lie before %s; the detail of that time was let go of by the retention policy', v_kept),
      hint = 'Leave these rows out: hours, days and months of that time are kept as they are.';
  end if;
  insert into statistics.agent_loads (batch_id, load_number, agent_ids, new_agent_ids, first_start_time, last_start_time, loaded_at)
  values (p_batch_id, nextval('statistics.load_number'), v_agents, p_new_agent_ids, v_first, v_last, v_now);
  insert into statistics.agents_seen as s (agent_id, last_start_time)
  select r.agent_id, max(r.interval_start_time) from pg_temp.agent_rows r group by r.agent_id order by r.agent_id
  on conflict (agent_id) do update set last_start_time = excluded.last_start_time where s.last_start_time < excluded.last_start_time;
  create temp table agent_before on commit drop as
  select r.row_number, f.*,
    (f.login_seconds, f.ready_seconds, f.not_ready_seconds, f.talk_seconds, f.hold_seconds, f.wrap_seconds, f.handled, f.transferred)
      = (r.login_seconds, r.ready_seconds, r.not_ready_seconds, r.talk_seconds, r.hold_seconds, r.wrap_seconds, r.handled, r.transferred) as is_same
  from pg_temp.agent_rows r
  join statistics.agent_activity f on f.agent_id = r.agent_id and f.interval_start_time = r.interval_start_time
    and f.service_id = r.service_id and f.group_id = r.group_id
  where f.interval_start_time between v_first and v_last;
  -- What was there goes below; what was said once more is remembered as that, so that either batch can be undone.
  insert into statistics.agent_versions
  select b.agent_id, b.service_id, b.group_id, b.interval_start_time, b.login_seconds, b.ready_seconds, b.not_ready_seconds, b.talk_seconds,
    b.hold_seconds, b.wrap_seconds, b.handled, b.transferred, case when b.is_same then p_batch_id else b.batch_id end, b.created_at,
    case when b.is_same then v_now else b.updated_at end
  from pg_temp.agent_before b;
  select count(*) filter (where not b.is_same), count(*) filter (where b.is_same) into rows_updated, rows_unchanged from pg_temp.agent_before b;
  update statistics.agent_activity f
  set login_seconds = r.login_seconds, ready_seconds = r.ready_seconds, not_ready_seconds = r.not_ready_seconds, talk_seconds = r.talk_seconds,
    hold_seconds = r.hold_seconds, wrap_seconds = r.wrap_seconds, handled = r.handled, transferred = r.transferred,
    batch_id = p_batch_id, updated_at = v_now
  from pg_temp.agent_before b
  join pg_temp.agent_rows r on r.row_number = b.row_number
  where not b.is_same and f.agent_id = b.agent_id and f.interval_start_time = b.interval_start_time
    and f.service_id = b.service_id and f.group_id = b.group_id;
  insert into statistics.agent_activity
  select r.agent_id, r.service_id, r.group_id, r.interval_start_time, r.login_seconds, r.ready_seconds, r.not_ready_seconds, r.talk_seconds,
    r.hold_seconds, r.wrap_seconds, r.handled, r.transferred, p_batch_id, v_now, v_now
  from pg_temp.agent_rows r
  where r.row_number not in (select b.row_number from pg_temp.agent_before b)
  order by r.agent_id, r.interval_start_time, r.service_id, r.group_id;
  get diagnostics rows_inserted = row_count;
  perform statistics.touch_agents(array_agg(r.agent_id), array_agg(r.service_id), array_agg(r.interval_start_time))
  from pg_temp.agent_rows r
  where r.row_number not in (select b.row_number from pg_temp.agent_before b where b.is_same);
  drop table pg_temp.agent_before;
  insert into statistics.change_log (changed_at, table_name, agent_ids, first_time, last_time, written_since)
  values (v_now, 'agent_activity', v_agents, v_first, v_last, v_now);
  perform statistics.announce_change(p_batch_id, v_services, v_first, v_last + interval '15 minutes');
end
$$;
comment on function statistics.load_agent_rows(uuid, int[]) is
  'Loads pg_temp.agent_rows, checked and one row per key: inserts what is new, updates only what differs and keeps the version before it. A batch loads once.';
