create or replace function statistics.finalise_batches(p_from_id int, p_into_id int, p_from int[], p_into int[], p_conflicts text)
returns void
language sql volatile parallel unsafe
as $$
  -- Without the lowest version of what stays, what is dropped now would have stayed: no undo could bring it back.
  insert into statistics.final_batches (service_id, batch_id)
  select distinct p_into_id, b.batch_id
  from (
    select distinct on (k.service_id, k.source_id, k.interval_start_time) v.batch_id
    from (
      select
        case when w.is_from then p_from_id else p_into_id end as service_id,
        case when w.is_from then o.from_source_id else o.into_source_id end as source_id,
        case when w.is_from then o.interval_start_time else o.into_start_time end as interval_start_time
      from statistics.overlaps(p_from_id, p_into_id, p_from, p_into) o
      cross join lateral (select p_conflicts = 'keep_from' and not o.is_equal as is_from) w
    ) k
    cross join lateral (
      select f.batch_id
      from statistics.contact_statistics f
      where f.service_id = k.service_id and f.source_id = k.source_id and f.interval_start_time = k.interval_start_time
      union all
      select w.batch_id
      from statistics.overwritten_rows w
      where w.service_id = k.service_id and w.source_id = k.source_id and w.interval_start_time = k.interval_start_time
    ) v
    join statistics.loads l on l.service_id = k.service_id and l.source_id = k.source_id and l.batch_id = v.batch_id
    order by k.service_id, k.source_id, k.interval_start_time, l.load_number
  ) b
  on conflict do nothing
$$;
comment on function statistics.finalise_batches(int, int, int[], int[], text) is 'Before a merge drops rows: notes the batches of those that stay in their place, which can then no longer be undone exactly.';
