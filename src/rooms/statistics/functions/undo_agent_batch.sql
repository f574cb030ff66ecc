create or replace function statistics.undo_agent_batch(p_batch_id uuid, out rows_deleted bigint, out rows_restored bigint)
language plpgsql volatile parallel unsafe
set jit = off
as $$
declare
  v_load statistics.agent_loads;
  v_kept timestamptz;
begin
  rows_deleted := 0;
  rows_restored := 0;
  perform statistics.lock_agents((select l.agent_ids from statistics.agent_loads l where l.batch_id = p_batch_id));
  delete from statistics.agent_loads l where l.batch_id = p_batch_id returning l.* into v_load;
  if not found then
    return;
  end if;
  -- From the first month on that the remaining rows hold whole in every zone in which this batch has any.
  select max(statistics.kept_from(s.service_id)) into v_kept
  from (
    select 0 as service_id
    union
    select distinct f.service_id
    from statistics.agent_activity f
    where f.agent_id = any (v_load.agent_ids) and f.interval_start_time between v_load.first_start_time and v_load.last_start_time
      and f.batch_id = p_batch_id
  ) s
  where exists (select from statistics.dropped_months);
  if v_load.first_start_time < v_kept then
    raise exception using errcode = 'QH409',
      message = format('batch %s loaded activity of agents from %s on, and the detail of months before %s was let go of by the retention policy',
        p_batch_id, v_load.first_start_time, v_kept),
      hint = 'It can no longer be undone; import corrected figures for the time after that moment.';
  end if;
  -- Versions in between are cut out. Those on top give way to the latest version that another batch said.
  delete from statistics.agent_versions v where v.batch_id = p_batch_id;
  create temp table agent_tops on commit drop as
  select f.agent_id, f.service_id, f.group_id, f.interval_start_time, v.below,
    (f.login_seconds, f.ready_seconds, f.not_ready_seconds, f.talk_seconds, f.hold_seconds, f.wrap_seconds, f.handled, f.transferred)
      = ((v.below).login_seconds, (v.below).ready_seconds, (v.below).not_ready_seconds, (v.below).talk_seconds, (v.below).hold_seconds,
        (v.below).wrap_seconds, (v.below).handled, (v.below).transferred) as is_same
  from statistics.agent_activity f
  left join lateral (
    select o as below
    from statistics.agent_versions o
    join statistics.agent_loads l on l.batch_id = o.batch_id
    where o.agent_id = f.agent_id and o.interval_start_time = f.interval_start_time
      and o.service_id = f.service_id and o.group_id = f.group_id
    order by l.load_number desc
    limit 1
  ) v on true
  where f.agent_id = any (v_load.agent_ids)
    and f.interval_start_time between v_load.first_start_time and v_load.last_start_time
    and f.batch_id = p_batch_id;
  delete from statistics.agent_activity f
  using pg_temp.agent_tops t
  where (t.below).batch_id is null and f.agent_id = t.agent_id and f.interval_start_time = t.interval_start_time
    and f.service_id = t.service_id and f.group_id = t.group_id;
  get diagnostics rows_deleted = row_count;
  update statistics.agent_activity f
  set login_seconds = (t.below).login_seconds, ready_seconds = (t.below).ready_seconds, not_ready_seconds = (t.below).not_ready_seconds,
    talk_seconds = (t.below).talk_seconds, hold_seconds = (t.below).hold_seconds, wrap_seconds = (t.below).wrap_seconds,
    handled = (t.below).handled, transferred = (t.below).transferred, batch_id = (t.below).batch_id,
    created_at = (t.below).created_at, updated_at = (t.below).updated_at
  from pg_temp.agent_tops t
  where (t.below).batch_id is not null and f.agent_id = t.agent_id and f.interval_start_time = t.interval_start_time
    and f.service_id = t.service_id and f.group_id = t.group_id;
  delete from statistics.agent_versions v
  using pg_temp.agent_tops t
  where v.agent_id = t.agent_id and v.interval_start_time = t.interval_start_time and v.service_id = t.service_id
    and v.group_id = t.group_id and v.batch_id = (t.below).batch_id;
  select count(*) into rows_restored from pg_temp.agent_tops t where not t.is_same;
  perform statistics.touch_agents(array_agg(t.agent_id), array_agg(t.service_id), array_agg(t.interval_start_time))
  from pg_temp.agent_tops t
  where t.is_same is not true;
  perform statistics.log_changed_agents(array_agg(t.agent_id), array_agg(t.service_id), array_agg(t.group_id), array_agg(t.interval_start_time))
  from pg_temp.agent_tops t
  where t.is_same is not true;
  drop table pg_temp.agent_tops;
  perform statistics.forget_agents(v_load.new_agent_ids, v_load.agent_ids);
  perform statistics.announce_change(p_batch_id, null, v_load.first_start_time, v_load.last_start_time + interval '15 minutes');
end
$$;
comment on function statistics.undo_agent_batch(uuid) is
  'Makes agent activity what it would be if the batch had never been loaded; agents that it made go if nothing else is known of them. An unknown batch gives zeros.';
