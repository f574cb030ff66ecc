create or replace function statistics.read_posted_calls(p_calls jsonb, p_strict boolean)
returns setof statistics.posted_call
language plpgsql stable parallel unsafe
set jit = off
as $$
begin
  -- In plpgsql, because the plan is then made once per session and not with every call.
  return query
  -- Every field is read as text and converted only where its form is right, so that one bad row cannot stop the rest. Not strict,
  -- the form is looked at only as closely as a good row needs: a bad one may raise, and the caller then asks again, strictly.
  with objects as (
    select case
        when not exists (select from jsonb_array_elements(p_calls) e (record) where jsonb_typeof(e.record) <> 'object')
        then p_calls
        else (
          select jsonb_agg(case when jsonb_typeof(e.record) = 'object' then e.record else '{}' end order by e.place)
          from jsonb_array_elements(p_calls) with ordinality as e (record, place))
      end as records
  ), texts as (
    select r.ordinality::int as row_number, r.*
    from objects o, lateral rows from (
      jsonb_array_elements(p_calls),
      jsonb_to_recordset(o.records) as (
        interval_start_time text collate "C", interval_minutes text, service_id text, group_id text, received_calls text,
        unique_received_calls text, treated_calls text, answered_in_threshold text, miss_calls text, aht_ms text,
        talk_time_ms text, post_time_ms text)
    ) with ordinality as r (record, interval_start_time, interval_minutes, service_id, group_id, received_calls,
      unique_received_calls, treated_calls, answered_in_threshold, miss_calls, aht_ms, talk_time_ms, post_time_ms)
  ), typed as materialized (
    select t.row_number, t.record, t.interval_start_time as start_text, s.service_id, s.time_zone, t.group_id as group_text,
      case when length(t.group_id) between 1 and 9 and ltrim(t.group_id, '0123456789') = '' then t.group_id::int end as group_id,
      case coalesce(t.interval_minutes, '15') when '15' then 15 when '30' then 30 when '60' then 60 end::smallint as interval_minutes,
      case
        when case
            when p_strict then t.interval_start_time ~
              '^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$'
            else t.interval_start_time like '20__-__-__T__:__:__Z' or t.interval_start_time like '20__-__-__T__:__:__+__:__'
              or t.interval_start_time like '20__-__-__T__:__:__.___Z'
          end
        then t.interval_start_time::timestamptz
        else statistics.try_moment(t.interval_start_time, s.time_zone) end as start_time,
      case when length(t.received_calls) between 1 and 9 and ltrim(t.received_calls, '0123456789') = '' then t.received_calls::int end as offered,
      case when length(t.unique_received_calls) between 1 and 9 and ltrim(t.unique_received_calls, '0123456789') = '' then t.unique_received_calls::int end as unique_offered,
      case when length(t.treated_calls) between 1 and 9 and ltrim(t.treated_calls, '0123456789') = '' then t.treated_calls::int end as handled,
      case when length(t.answered_in_threshold) between 1 and 9 and ltrim(t.answered_in_threshold, '0123456789') = '' then t.answered_in_threshold::int end as answered_in_threshold,
      case when length(t.miss_calls) between 1 and 9 and ltrim(t.miss_calls, '0123456789') = '' then t.miss_calls::int end as abandoned,
      case when case when p_strict then t.aht_ms ~ '^\d{1,10}(\.\d{1,6})?$' else length(t.aht_ms) between 1 and 17 and ltrim(t.aht_ms, '0123456789.') = '' end
        then t.aht_ms::numeric end as aht_ms,
      case when case when p_strict then t.talk_time_ms ~ '^\d{1,10}(\.\d{1,6})?$' else length(t.talk_time_ms) between 1 and 17 and ltrim(t.talk_time_ms, '0123456789.') = '' end
        then t.talk_time_ms::numeric end as talk_ms,
      case when case when p_strict then t.post_time_ms ~ '^\d{1,10}(\.\d{1,6})?$' else length(t.post_time_ms) between 1 and 17 and ltrim(t.post_time_ms, '0123456789.') = '' end
        then t.post_time_ms::numeric end as wrap_ms,
      t.service_id as service_text, t.interval_minutes as minutes_text, t.received_calls as offered_text,
      t.unique_received_calls as unique_text, t.treated_calls as handled_text, t.answered_in_threshold as answered_text,
      t.miss_calls as abandoned_text, t.aht_ms as aht_text, t.talk_time_ms as talk_text, t.post_time_ms as wrap_text
    from texts t
    left join org.service_settings s
      on s.service_id = case when length(t.service_id) between 1 and 9 and ltrim(t.service_id, '0123456789') = '' then t.service_id::int end
  ), found as (
    select t.*, g.group_code
    from typed t
    left join org.queues g on g.service_id = t.service_id and g.group_id = t.group_id
  ), judged as materialized (
    select f.*,
      case
        when jsonb_typeof(f.record) <> 'object' then 'the record is not an object'
        when f.record - '{interval_start_time,interval_minutes,service_id,group_id,received_calls,unique_received_calls,treated_calls,answered_in_threshold,miss_calls,aht_ms,talk_time_ms,post_time_ms}'::text[] <> '{}'
          then 'unknown field: ' || (
            select string_agg(k.name, ', ')
            from jsonb_object_keys(f.record - '{interval_start_time,interval_minutes,service_id,group_id,received_calls,unique_received_calls,treated_calls,answered_in_threshold,miss_calls,aht_ms,talk_time_ms,post_time_ms}'::text[]) as k (name))
        when f.service_text is null then 'service_id is required'
        when f.service_id is null then 'there is no service with id ' || f.service_text
        when f.group_text is not null and f.group_code is null then 'the service has no queue with id ' || f.group_text
        when f.start_text is null then 'interval_start_time is required'
        when f.start_time is null then statistics.moment_problem(f.start_text, f.time_zone)
        when f.start_time not between '2000-01-01 00:00+00' and '2100-01-01 00:00+00' then 'interval_start_time lies outside the years 2000 to 2099: ' || f.start_text
        when f.interval_minutes is null then 'interval_minutes is not 15, 30 or 60: ' || f.minutes_text
        when date_bin(make_interval(mins => f.interval_minutes), f.start_time at time zone f.time_zone, '2000-01-01')
            <> f.start_time at time zone f.time_zone
          then 'interval_start_time is not on the grid of ' || f.interval_minutes || ' minutes: ' || f.start_text
        when f.offered_text is null then 'received_calls is required'
        when f.offered is null then 'received_calls is not a whole number of 0 or more: ' || f.offered_text
        when f.unique_text is not null and f.unique_offered is null then 'unique_received_calls is not a whole number of 0 or more: ' || f.unique_text
        when f.handled_text is not null and f.handled is null then 'treated_calls is not a whole number of 0 or more: ' || f.handled_text
        when f.answered_text is not null and f.answered_in_threshold is null then 'answered_in_threshold is not a whole number of 0 or more: ' || f.answered_text
        when f.abandoned_text is not null and f.abandoned is null then 'miss_calls is not a whole number of 0 or more: ' || f.abandoned_text
        when f.aht_text is not null and f.aht_ms is null then 'aht_ms is not a number of 0 or more: ' || f.aht_text
        when f.talk_text is not null and f.talk_ms is null then 'talk_time_ms is not a number of 0 or more: ' || f.talk_text
        when f.wrap_text is not null and f.wrap_ms is null then 'post_time_ms is not a number of 0 or more: ' || f.wrap_text
        when f.unique_offered > f.offered then 'unique_received_calls is more than received_calls'
        when f.handled > f.offered then 'treated_calls is more than received_calls'
        when f.abandoned > f.offered then 'miss_calls is more than received_calls'
        when f.answered_in_threshold > coalesce(f.handled, f.offered) then 'answered_in_threshold is more than treated_calls'
        when coalesce(f.talk_ms, 0) + coalesce(f.wrap_ms, 0) > f.aht_ms then 'aht_ms is less than talk_time_ms and post_time_ms together'
      end as error
    from found f
  )
  select j.row_number, j.service_id, j.group_id, j.group_code, j.start_time, j.interval_minutes, j.offered, j.unique_offered,
    j.handled, j.answered_in_threshold, j.abandoned, j.aht_ms, j.talk_ms, j.wrap_ms, j.error,
    case when j.error like 'there is no %' or j.error like 'the service has no %' then 'QH404' when j.error is not null then 'QH400' end
  from judged j;
end
$$;
comment on function statistics.read_posted_calls(jsonb, boolean) is 'Posted rows of intervals, typed, each with its error where it has one; averages are in milliseconds per call.';
