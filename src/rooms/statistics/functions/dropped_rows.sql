create or replace function statistics.dropped_rows()
returns table (row_number int, service_id int, kept_from timestamptz)
language plpgsql stable parallel unsafe
set jit = off
as $$
begin
  if not exists (select from statistics.dropped_months) then
    return;
  end if;
  return query
  select i.row_number, i.service_id, k.kept_from
  from (select s.service_id, statistics.kept_from(s.service_id) as kept_from
    from (select distinct r.service_id from pg_temp.interval_rows r) s) k
  join pg_temp.interval_rows i on i.service_id = k.service_id and i.interval_start_time < k.kept_from;
end
$$;
comment on function statistics.dropped_rows() is 'Rows of pg_temp.interval_rows of a time whose detail was let go of by the retention policy: they cannot be taken in any more.';
