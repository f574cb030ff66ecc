create or replace function statistics.touch_service(p_service_id int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  perform statistics.touch_spans(array_agg(d.service_id), array_agg(d.source_id), array_agg(d.from_time), array_agg(d.to_time))
  from (
    select f.service_id, f.source_id, min(f.interval_start_time) as from_time,
      max(f.interval_start_time + f.interval_minutes * interval '1 minute') as to_time
    from statistics.contact_statistics f
    where f.service_id = p_service_id
    group by f.service_id, f.source_id, date_bin('1 day', f.interval_start_time, '2000-01-01 00:00:00+00')
  ) d;
end
$$;
comment on function statistics.touch_service(int) is 'Logs every hour in which a service has facts; the caller holds its lock.';
