create or replace function api.preview_argus_import(p_data jsonb, p_limit int default 10)
returns table (
  row_num int,
  start_time text,
  start_time_parsed timestamptz,
  unique_incoming bigint,
  non_unique_incoming bigint,
  avg_talk_time_seconds bigint,
  post_processing_seconds bigint,
  validation_status text
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_minutes int;
begin
  perform ingest.stage_json((
    select coalesce(jsonb_agg(e.value order by e.ordinality), '[]')
    from jsonb_array_elements(case jsonb_typeof(p_data) when 'array' then p_data end) with ordinality as e
    where e.ordinality <= p_limit), false);
  v_minutes := ingest.check_staged('argus_load', null, '', 'UTC', null, null, null, false);
  perform ingest.fill_rows('argus_load', null, '', v_minutes, false);
  return query
  with told as (
    select f.row_number, string_agg(f.message, ' ' order by f.ordinal) as messages
    from ingest.told_findings() f
    where f.severity = 'error'
    group by f.row_number
  )
  select r.row_number, r.raw ->> 'period', r.period at time zone 'UTC', r.unique_offered, r.offered, r.talk_avg_seconds, r.wrap_avg_seconds,
    coalesce(t.messages, case when exists (select from pg_temp.ignored_rows i where i.place = r.row_number) then 'IGNORED' else 'VALID' end)
  from pg_temp.staged_rows r
  left join told t on t.row_number = r.row_number
  order by r.row_number;
end
$$;
comment on function api.preview_argus_import(jsonb, int) is 'The first rows of a load import as they would be read, each VALID or with what is wrong.';
