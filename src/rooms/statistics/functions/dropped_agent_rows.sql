create or replace function statistics.dropped_agent_rows()
returns table (row_number int, interval_start_time timestamptz, kept_from timestamptz)
language plpgsql stable parallel unsafe
set jit = off
as $$
begin
  if not exists (select from statistics.dropped_months) then
    return;
  end if;
  return query
  select r.row_number, r.interval_start_time, k.kept_from
  from (
    -- Days and months of time for no service are those of UTC.
    select s.service_id, statistics.kept_from(s.service_id) as kept_from
    from (select distinct d.service_id from pg_temp.agent_rows d) s
  ) k
  join pg_temp.agent_rows r on r.service_id = k.service_id and r.interval_start_time < k.kept_from;
end
$$;
comment on function statistics.dropped_agent_rows() is 'Rows of pg_temp.agent_rows of a time whose detail was let go of by the retention policy: they cannot be taken in any more.';
