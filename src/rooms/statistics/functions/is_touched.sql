create or replace function statistics.is_touched(p_service_ids int[], p_start_time timestamptz, p_end_time timestamptz)
returns boolean
language plpgsql stable parallel safe
as $$
begin
  return exists (
    select
    from statistics.touched_log l
    where l.service_id = any (p_service_ids) and l.bucket < p_end_time and l.bucket > p_start_time - interval '32 days');
end
$$;
comment on function statistics.is_touched(int[], timestamptz, timestamptz) is
  'Whether anything of these services was touched that may make a rollup of a stretch of time stale: an hour, a day, or the month that it begins in.';
