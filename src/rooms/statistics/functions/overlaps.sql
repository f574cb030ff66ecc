create or replace function statistics.overlaps(p_from_id int, p_into_id int, p_from int[], p_into int[])
returns table (
  from_source_id int,
  interval_start_time timestamptz,
  into_source_id int,
  into_start_time timestamptz,
  is_equal boolean
)
language sql stable parallel safe
as $$
  -- A row has at most an hour, so only starts less than an hour apart can overlap.
  select m.from_id, f.interval_start_time, m.into_id, t.interval_start_time,
    to_jsonb(f) - '{service_id,source_id,batch_id,created_at,updated_at}'::text[]
      = to_jsonb(t) - '{service_id,source_id,batch_id,created_at,updated_at}'::text[]
  from unnest(p_from, p_into) as m (from_id, into_id)
  join statistics.contact_statistics f on f.service_id = p_from_id and f.source_id = m.from_id
  join statistics.contact_statistics t
    on t.service_id = p_into_id and t.source_id = m.into_id
    and t.interval_start_time between f.interval_start_time - interval '45 minutes' and f.interval_start_time + interval '45 minutes'
    and t.interval_start_time < f.interval_start_time + make_interval(mins => f.interval_minutes)
    and f.interval_start_time < t.interval_start_time + make_interval(mins => t.interval_minutes)
$$;
comment on function statistics.overlaps(int, int, int[], int[]) is 'Pairs of rows of two services, for matching sources, that cover the same time; is_equal where they say the same.';
