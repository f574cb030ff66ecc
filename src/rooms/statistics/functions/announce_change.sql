create or replace function statistics.announce_change(
  p_batch_id uuid,
  p_service_ids int[],
  p_start_time timestamptz,
  p_end_time timestamptz
)
returns void
language sql volatile parallel unsafe
as $$
  -- A notification holds at most 8000 bytes: of many services none is named, which means any.
  select pg_notify('qh', json_build_object(
    'topic', 'statistics.changed',
    'batch_id', p_batch_id,
    'service_ids', case when s.service_count <= 500 then s.service_ids end,
    'start_time', p_start_time,
    'end_time', p_end_time)::text)
  from (
    select array_agg(distinct t.service_id) as service_ids, count(distinct t.service_id) as service_count
    from unnest(p_service_ids) as t (service_id)
  ) s
$$;
comment on function statistics.announce_change(uuid, int[], timestamptz, timestamptz) is
  'Tells listeners, once the transaction commits, which services changed and where in time.';
