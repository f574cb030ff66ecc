create or replace function quality.statement_figures(p_start_time timestamptz)
returns table (
  query text, calls bigint, total_exec_time double precision, mean_exec_time double precision, stddev_exec_time double precision,
  rows bigint, hit_percent double precision
)
language sql
stable
parallel safe
as $$
  with samples as (
    -- The last sample before the range is where it begins; without one, the first in it.
    select max(s.sampled_at) as last_at,
      coalesce(max(s.sampled_at) filter (where s.sampled_at <= p_start_time), min(s.sampled_at)) as first_at
    from quality.statement_samples s
  ), differences as (
    select l.statement, l.calls - coalesce(f.calls, 0) as calls, l.total_ms - coalesce(f.total_ms, 0) as total_ms,
      l.square_ms - coalesce(f.square_ms, 0) as square_ms, l.rows - coalesce(f.rows, 0) as rows,
      l.blocks_hit - coalesce(f.blocks_hit, 0) as hit, l.blocks_read - coalesce(f.blocks_read, 0) as read
    from samples m
    join quality.statement_samples l on l.sampled_at = m.last_at
    -- Counters that went back were reset meanwhile: then all of it is new.
    left join quality.statement_samples f on f.sampled_at = m.first_at and m.first_at < m.last_at
      and f.statement_id = l.statement_id and f.calls <= l.calls and f.total_ms <= l.total_ms
  )
  select left(quality.without_literals(d.statement), 100), d.calls, d.total_ms, d.total_ms / d.calls,
    sqrt(greatest(d.square_ms / d.calls - (d.total_ms / d.calls) ^ 2, 0)), d.rows, 100.0 * d.hit / nullif(d.hit + d.read, 0)
  from differences d
  where d.calls > 10
  order by d.total_ms desc
  limit 10
$$;
comment on function quality.statement_figures(timestamptz) is 'The ten statements with the most time (ms) since a moment, among those called more than ten times.';
