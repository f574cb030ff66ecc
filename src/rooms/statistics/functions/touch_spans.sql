create or replace function statistics.touch_spans(
  p_service_ids int[],
  p_source_ids int[],
  p_from timestamptz[],
  p_to timestamptz[]
)
returns void
language sql volatile parallel unsafe
as $$
  -- One row per scope and UTC day from its first to its last hour: hours between that did not change cost a little folding,
  -- a row for every hour would cost 24 times the log.
  with kept as materialized (
    -- Once a service: it would be asked wherever it is used.
    select s.service_id, statistics.kept_from(s.service_id) as kept_from
    from (select distinct u.service_id from unnest(p_service_ids) as u (service_id)) s
  )
  insert into statistics.touched_log (service_id, group_id, bucket, hour_count)
  select d.service_id, d.group_id, d.bucket, extract(epoch from d.bucket_end - d.bucket) / 3600 + 1
  from (
    select h.service_id, h.group_id, min(h.first_hour) as bucket, max(h.last_hour) as bucket_end
    from (
      select t.service_id, g.group_id,
        greatest(date_bin('1 hour', t.from_time, '2000-01-01 00:00:00+00') - case when o.service_id is null then interval '0' else interval '1 hour' end,
          k.kept_from) as first_hour,
        date_bin('1 hour', t.to_time - interval '1 microsecond', '2000-01-01 00:00:00+00')
          + case when o.service_id is null then interval '0' else interval '1 hour' end as last_hour
      from unnest(p_service_ids, p_source_ids, p_from, p_to) as t (service_id, source_id, from_time, to_time)
      join org.source_spans s
        on s.service_id = t.service_id and s.source_id = t.source_id and s.valid_from < t.to_time and s.valid_to > t.from_time
      left join statistics.off_hour_services o on o.service_id = t.service_id
      -- What was let go of in detail cannot be folded again.
      join kept k on k.service_id = t.service_id and t.to_time > k.kept_from
      cross join lateral (select 0 union select s.group_id) as g (group_id)
    ) h
    group by h.service_id, h.group_id, date_bin('1 day', h.first_hour, '2000-01-01 00:00:00+00')
  ) d
$$;
comment on function statistics.touch_spans(int[], int[], timestamptz[], timestamptz[]) is
  'Logs the hours of sources'' facts that changed, for their service and the queues that they belonged to; at most a day per element.';
