create or replace function statistics.total_differences(p_batch_id uuid)
returns table (kind text, interval_count bigint, first_start_time timestamptz, total_offered bigint, named_offered bigint)
language sql stable parallel safe
as $$
  with loaded as (
    select s.service_id, s.kind, min(l.first_start_time) as first_time, max(l.last_start_time) as last_time
    from statistics.loads l
    join org.source_names s on s.service_id = l.service_id and s.source_id = l.source_id
    where l.batch_id = p_batch_id
    group by s.service_id, s.kind
  ), both_kinds as (
    -- Only where a service has a total of its own and named sources is there anything to compare.
    select o.*
    from loaded o
    where exists (select from org.source_names s where s.service_id = o.service_id and s.kind = o.kind and s.external_name = '')
      and exists (select from org.source_names s where s.service_id = o.service_id and s.kind = o.kind and s.external_name <> '')
  ), compared as (
    select b.kind, f.interval_start_time, sum(f.offered) filter (where s.external_name = '') as total, sum(f.offered) filter (where s.external_name <> '') as named
    from both_kinds b
    join statistics.contact_statistics f
      on f.service_id = b.service_id and f.interval_start_time between b.first_time and b.last_time
    join org.source_names s on s.service_id = f.service_id and s.source_id = f.source_id and s.kind = b.kind
    group by b.kind, f.interval_start_time, f.interval_minutes
  )
  select c.kind, count(*), min(c.interval_start_time), sum(c.total)::bigint, sum(c.named)::bigint
  from compared c
  where c.total <> c.named
  group by c.kind
$$;
comment on function statistics.total_differences(uuid) is
  'Where a batch loaded: in how many intervals a service''s own total and the sum of its named sources differ, and both sums of offered contacts there.';
