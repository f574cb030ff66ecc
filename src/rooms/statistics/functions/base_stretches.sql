create or replace function statistics.base_stretches(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_service_ids int[],
  p_group_ids int[],
  p_single_ids int[],
  p_rolled_from timestamptz,
  p_rolled_to timestamptz,
  p_has_hours boolean,
  p_service_zone text,
  p_is_touched boolean,
  out service_ids int[],
  out from_times timestamptz[],
  out to_times timestamptz[],
  out group_ids int[]
)
language plpgsql stable parallel safe
as $$
begin
  -- plpgsql keeps the plan; a language sql function that answers a record is planned at every call.
  if not p_is_touched then
    select array_agg(s.service_id), array_agg(e.from_time), array_agg(e.to_time), p_group_ids
    into service_ids, from_times, to_times, group_ids
    from (
      select distinct k.service_id
      from unnest(p_service_ids, p_group_ids) as k (service_id, group_id)
      where k.group_id <> 0 or k.service_id = any (p_single_ids)
    ) s
    cross join (values (p_start_time, p_rolled_from), (p_rolled_to, p_end_time)) as e (from_time, to_time)
    where e.from_time < e.to_time;
    return;
  end if;
  with scopes as (
    select k.service_id, k.group_id
    from unnest(p_service_ids, p_group_ids) as k (service_id, group_id)
  ), needed as (
    select k.service_id, k.group_id, e.from_time, e.to_time
    from scopes k
    cross join (values (p_start_time, p_rolled_from), (p_rolled_to, p_end_time)) as e (from_time, to_time)
    where e.from_time < e.to_time
      and (k.group_id <> 0 or k.service_id = any (p_single_ids))
    union all
    select t.service_id, t.group_id, t.bucket, t.bucket + interval '1 hour'
    from statistics.touched_buckets(p_service_ids, 60, p_service_zone, p_start_time, p_end_time) t
    where (t.service_id, t.group_id) in (select k.service_id, k.group_id from scopes k) is true
    union all
    select t.service_id, t.group_id, t.bucket, statistics.bucket_end(t.bucket, 1440, p_service_zone)
    from statistics.touched_buckets(p_service_ids, 1440, p_service_zone, p_start_time, p_end_time) t
    where not p_has_hours
      and p_rolled_from < p_rolled_to
      and (t.service_id, t.group_id) in (select k.service_id, k.group_id from scopes k) is true
  ), clipped as (
    select n.service_id, n.group_id, greatest(n.from_time, p_start_time) as from_time, least(n.to_time, p_end_time) as to_time
    from needed n
    where n.from_time < p_end_time and n.to_time > p_start_time
  ), merged as (
    select m.service_id, unnest(range_agg(tstzrange(m.from_time, m.to_time))) as stretch
    from clipped m
    group by m.service_id
  )
  select array_agg(m.service_id), array_agg(lower(m.stretch)), array_agg(upper(m.stretch)),
    (select array_agg(distinct c.group_id) from clipped c)
  into service_ids, from_times, to_times, group_ids
  from merged m;
end
$$;
comment on function statistics.base_stretches(timestamptz, timestamptz, int[], int[], int[], timestamptz, timestamptz, boolean, text, boolean) is
  'The stretches of time that must be read from the facts, merged per service, and the queues that they are read for.';
