create or replace function statistics.post_calls(
  p_batch_id uuid,
  p_calls jsonb,
  p_source text,
  out batch_id uuid,
  out rows_inserted bigint,
  out rows_updated bigint,
  out rows_unchanged bigint,
  out errors jsonb
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_rows statistics.posted_call[];
  v_late_errors jsonb;
  v_conflicts jsonb;
  v_duplicates bigint;
begin
  batch_id := p_batch_id;
  begin
    select array_agg(c order by c.row_number) into v_rows from statistics.read_posted_calls(p_calls, false) c;
  exception when data_exception then
    select array_agg(c order by c.row_number) into v_rows from statistics.read_posted_calls(p_calls, true) c;
  end;
  -- Before anything that reads facts, as a new source does: two first posts of a month would wait for each other for ever.
  perform statistics.ensure_partitions(array(
    select distinct (date_trunc('month', c.interval_start_time, 'UTC') at time zone 'UTC')::date from unnest(v_rows) c where c.error is null));
  perform statistics.make_interval_rows();
  -- Of rows for one key the last is kept; an earlier one that says the same is no error.
  with ranked as (
    select c.*,
      lead((c.offered, c.unique_offered, c.handled, c.answered_in_threshold, c.abandoned, c.aht_ms, c.talk_ms, c.wrap_ms, c.interval_minutes))
        over same_key as following,
      lead(c.row_number) over same_key as following_number
    from unnest(v_rows) c
    where c.error is null
    window same_key as (partition by c.service_id, c.group_id, c.interval_start_time order by c.row_number)
  ), judged as materialized (
    select r.*, r.following_number is null as is_last,
      r.following is distinct from
        (r.offered, r.unique_offered, r.handled, r.answered_in_threshold, r.abandoned, r.aht_ms, r.talk_ms, r.wrap_ms, r.interval_minutes)
        as is_other
    from ranked r
  ), taken as (
    insert into pg_temp.interval_rows (row_number, service_id, source_id, interval_start_time, interval_minutes,
      offered, unique_offered, handled, answered_in_threshold, abandoned, talk_seconds, hold_seconds, wrap_seconds)
    select j.row_number, j.service_id, s.source_id, j.interval_start_time, j.interval_minutes,
      j.offered, j.unique_offered, j.handled, j.answered_in_threshold, j.abandoned, t.talk_seconds,
      -- What the handle time has more than talk and after-call work was hold.
      case when j.talk_ms is not null and j.wrap_ms is not null
        then greatest(round(j.aht_ms * n.timed / 1000) - t.talk_seconds - t.wrap_seconds, 0) end,
      t.wrap_seconds
    from judged j
    join statistics.posting_sources(v_rows) s on s.service_id = j.service_id and s.group_id is not distinct from j.group_id
    cross join lateral (select coalesce(j.handled, j.offered) as timed) n
    cross join lateral (
      select round(coalesce(j.talk_ms, j.aht_ms - coalesce(j.wrap_ms, 0)) * n.timed / 1000) as talk_seconds,
        round(coalesce(j.wrap_ms, j.aht_ms - coalesce(j.talk_ms, j.aht_ms)) * n.timed / 1000) as wrap_seconds
    ) t
    where j.is_last
    returning 1
  )
  select
    count(*) filter (where not j.is_last and not j.is_other),
    jsonb_agg(jsonb_build_object('row_number', j.row_number, 'error_code', 'QH409',
      'error', format('row %s gives other figures for the same interval; the last one is kept', j.following_number)))
      filter (where not j.is_last and j.is_other)
  into v_duplicates, v_late_errors
  from judged j;
  begin
    select l.rows_inserted, l.rows_updated, l.rows_unchanged into rows_inserted, rows_updated, rows_unchanged
    from statistics.load_interval_rows(p_batch_id, false) l;
  exception when sqlstate 'QH409' then
    -- Some row has another length than one that is there, or its time was let go of: only now is it worth while to ask which.
    with conflicts as (
      delete from pg_temp.interval_rows i
      using (
        select d.row_number, format('lies before %s; the detail of that time was let go of by the retention policy', d.kept_from) as error
        from statistics.dropped_rows() d
        union all
        select g.row_number, format('overlaps an interval of %s minutes that begins %s', g.other_minutes, g.other_start_time)
        from statistics.granularity_conflicts() g
      ) g
      where i.row_number = g.row_number
      returning g.row_number, g.error
    )
    select jsonb_agg(jsonb_build_object('row_number', c.row_number, 'error_code', 'QH409', 'error', c.error)) into v_conflicts
    from conflicts c;
    select l.rows_inserted, l.rows_updated, l.rows_unchanged into rows_inserted, rows_updated, rows_unchanged
    from statistics.load_interval_rows(p_batch_id, false) l;
  end;
  rows_unchanged := rows_unchanged + v_duplicates;
  select coalesce(jsonb_agg(jsonb_build_object(
      'record', p_calls -> (e.row_number - 1), 'error', e.error, 'error_code', e.error_code, 'row_number', e.row_number)
      order by e.row_number), '[]')
  into errors
  from (
    select c.row_number, c.error, c.error_code from unnest(v_rows) c where c.error is not null
    union all
    select l.row_number, l.error, l.error_code
    from jsonb_to_recordset(coalesce(v_late_errors, '[]') || coalesce(v_conflicts, '[]')) as l (row_number int, error text, error_code text)
  ) e;
  insert into statistics.posted_batches (batch_id, source, posted_at, rows_total, rows_inserted, rows_updated, rows_unchanged, rows_rejected,
    service_ids)
  values (p_batch_id, p_source, platform.now(), jsonb_array_length(p_calls), rows_inserted, rows_updated, rows_unchanged,
    jsonb_array_length(errors),
    array(select distinct c.service_id from unnest(v_rows) c join org.service_settings s on s.service_id = c.service_id order by 1));
end
$$;
comment on function statistics.post_calls(uuid, jsonb, text) is 'Loads posted rows as one batch of kind api and notes it; wrong rows come back with the reason.';
