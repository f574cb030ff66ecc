create or replace function statistics.drop_overlaps(p_from_id int, p_into_id int, p_from int[], p_into int[], p_conflicts text)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_conflict record;
  v_dropped bigint;
  v_touched bigint;
begin
  perform statistics.finalise_batches(p_from_id, p_into_id, p_from, p_into, p_conflicts);
  if p_conflicts = 'refuse' then
    select count(*) as number, min(o.interval_start_time) as first_time into v_conflict
    from statistics.overlaps(p_from_id, p_into_id, p_from, p_into) o
    where not o.is_equal;
    if v_conflict.number > 0 then
      raise exception using errcode = 'QH409',
        message = format('both services have different figures of the same source for %s intervals, first at %s',
          v_conflict.number, v_conflict.first_time),
        hint = 'Look at both, then merge with conflicts keep_into or keep_from, which says whose figures stay.';
    end if;
  elsif p_conflicts = 'keep_from' then
    with gone as (
      delete from statistics.contact_statistics f
      using statistics.overlaps(p_from_id, p_into_id, p_from, p_into) o
      where not o.is_equal
        and f.service_id = p_into_id and f.source_id = o.into_source_id and f.interval_start_time = o.into_start_time
      returning f.source_id, f.interval_start_time
    ), forgotten as (
      delete from statistics.overwritten_rows w
      using gone g
      where w.service_id = p_into_id and w.source_id = g.source_id and w.interval_start_time = g.interval_start_time
    ), touched as (
      select statistics.touch_spans(array_agg(p_into_id), array_agg(g.source_id), array_agg(g.interval_start_time),
        array_agg(g.interval_start_time + interval '1 hour')),
        statistics.log_changed_rows(array_agg(p_into_id), array_agg(g.source_id), array_agg(g.interval_start_time))
      from gone g
      having count(*) > 0
    )
    select (select count(*) from gone), (select count(*) from touched) into v_dropped, v_touched;
  end if;
  with gone as (
    delete from statistics.contact_statistics f
    using statistics.overlaps(p_from_id, p_into_id, p_from, p_into) o
    where f.service_id = p_from_id and f.source_id = o.from_source_id and f.interval_start_time = o.interval_start_time
    returning f.source_id, f.interval_start_time
  ), forgotten as (
    delete from statistics.overwritten_rows w
    using gone g
    where w.service_id = p_from_id and w.source_id = g.source_id and w.interval_start_time = g.interval_start_time
  ), noted as (
    select statistics.log_changed_rows(array_agg(p_from_id), array_agg(g.source_id), array_agg(g.interval_start_time)) from gone g
  )
  select coalesce(v_dropped, 0) + count(*) + 0 * (select count(*) from noted) into v_dropped from gone g;
  return v_dropped;
end
$$;
comment on function statistics.drop_overlaps(int, int, int[], int[], text) is 'Before a merge: leaves one row of those that both services have for one source and time, or refuses where they differ; returns how many went.';
