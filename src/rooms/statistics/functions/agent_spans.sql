create or replace function statistics.agent_spans(
  p_agent_ids int[],
  p_service_ids int[],
  p_from timestamptz[],
  p_to timestamptz[],
  p_grain int,
  p_time_zone text,
  out agent_ids int[],
  out service_ids int[],
  out from_times timestamptz[],
  out to_times timestamptz[],
  out first_time timestamptz,
  out last_time timestamptz
)
language sql stable parallel safe
as $$
  with given as (
    select t.agent_id, t.service_id, t.from_time, t.to_time
    from unnest(p_agent_ids, p_service_ids, p_from, p_to) as t (agent_id, service_id, from_time, to_time)
  ), edges as (
    -- Of the many spans only few edges differ.
    select d.moment,
      case p_grain when 60 then d.moment else statistics.bucket_start(d.moment, p_grain, p_time_zone) end as bucket_start,
      case p_grain when 60 then d.moment else
        statistics.bucket_end(statistics.bucket_start(d.moment - interval '1 microsecond', p_grain, p_time_zone), p_grain, p_time_zone) end as bucket_end
    from (select g.from_time as moment from given g union select g.to_time from given g) d
  ), merged as (
    select g.agent_id, g.service_id, unnest(range_agg(tstzrange(f.bucket_start, t.bucket_end))) as span
    from given g
    join edges f on f.moment = g.from_time
    join edges t on t.moment = g.to_time
    group by g.agent_id, g.service_id
  )
  select array_agg(m.agent_id), array_agg(m.service_id), array_agg(lower(m.span)), array_agg(upper(m.span)), min(lower(m.span)), max(upper(m.span))
  from merged m
$$;
comment on function statistics.agent_spans(int[], int[], timestamptz[], timestamptz[], int, text) is
  'The whole hours, days or months that hold some stretches of agents'' time, merged.';
