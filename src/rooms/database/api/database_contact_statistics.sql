create or replace function api.database_contact_statistics(
  p_service_ids int[] default null,
  p_group_ids int[] default null,
  p_start_date text default null,
  p_end_date text default null,
  p_interval_type text default '15min',
  p_include_calculated_metrics boolean default true,
  p_limit int default 100000,
  p_cursor text default null,
  p_fields text[] default null
)
returns table (
  statistics jsonb,
  summary jsonb,
  total_records bigint,
  query_params jsonb,
  next_cursor text
)
language plpgsql stable parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_zone text := statistics.zone_of_services(p_service_ids);
  v_minutes int := case p_interval_type when '15min' then 15 when '30min' then 30 when '1hour' then 60 end;
  v_groups int[] := array_replace(p_group_ids, null, 0);
  v_after text[] := string_to_array(p_cursor, '_');
  v_limit int := greatest(1, coalesce(p_limit, 100000));
  v_period record;
begin
  perform platform.require_fields(p_fields, array['service_id', 'service_name', 'service_code', 'group_id', 'group_name', 'group_code',
    'interval_start', 'interval_end', 'metrics', 'calculated_metrics']);
  if v_minutes is null then
    raise exception using errcode = 'QH400',
      message = format('intervals of %L are not possible', p_interval_type),
      hint = 'Give 15min, 30min or 1hour.';
  end if;
  if p_cursor !~ '^\d{1,12}_\d{1,9}_-?\d{1,9}$' then
    raise exception using errcode = 'QH400',
      message = 'cursor: is not a next_cursor of this operation',
      hint = 'Pass next_cursor of the answer before, unchanged.';
  end if;
  perform org.find_service_by_id(i.id) from unnest(p_service_ids) as i (id);
  v_period := statistics.period(p_service_ids, org.moment(p_start_date, v_zone), org.moment(p_end_date, v_zone));
  return query
  with entries as materialized (
    select e.* from database.contact_figures(v_period.start_time, v_period.end_time, v_minutes, p_service_ids, v_groups,
      coalesce(p_include_calculated_metrics, true)) e
  ), page as materialized (
    select e.*, row_number() over (order by e.bucket_start, e.service_id, e.group_id) as place
    from entries e
    where v_after is null
      or (extract(epoch from e.bucket_start)::bigint, e.service_id, e.group_id) > (v_after[1]::bigint, v_after[2]::int, v_after[3]::int)
  ), total as (
    select count(*) as count from entries
  )
  select
    coalesce((select jsonb_agg(platform.only_fields(p.entry, p_fields) order by p.place) from page p where p.place <= v_limit), '[]'),
    database.contact_summary(v_period.start_time, v_period.end_time, p_service_ids, v_groups, t.count),
    t.count,
    jsonb_build_object(
      'service_ids', to_jsonb(p_service_ids), 'group_ids', to_jsonb(p_group_ids),
      'start_date', v_period.start_time, 'end_date', v_period.end_time, 'interval_type', p_interval_type,
      'include_calculated_metrics', coalesce(p_include_calculated_metrics, true)),
    (select concat_ws('_', extract(epoch from p.bucket_start)::bigint, p.service_id, p.group_id)
      from page p where p.place = v_limit and exists (select from page n where n.place = v_limit + 1))
  from total t;
end
$$;
comment on function api.database_contact_statistics(int[], int[], text, text, text, boolean, int, text, text[]) is 'Contact statistics per interval and service, or per queue with p_group_ids, with a summary; times without an offset are in the services'' zone. p_fields: only these fields of each entry.';
