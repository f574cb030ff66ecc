create or replace function api.map_source(
  p_source_id int,
  p_queue text default null,
  p_group_id int default null,
  p_valid_from text default null,
  p_replace boolean default false
)
returns table (
  source_id int,
  service_id int,
  service_code text,
  kind text,
  external_name text,
  stamp_meaning text,
  is_total boolean,
  is_mapped boolean,
  group_id int,
  queue text,
  queue_name text,
  mappings jsonb,
  created_at timestamptz
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_service_id int := (org.find_source(p_source_id)).service_id;
  v_group_id int := p_group_id;
begin
  if p_queue is not null then
    v_group_id := (org.find_queue(v_service_id, p_queue)).group_id;
    if v_group_id <> p_group_id then
      raise exception using errcode = 'QH400',
        message = 'queue and group_id name different queues',
        hint = 'Give one of them.';
    end if;
  end if;
  perform org.map_source(p_source_id, v_group_id,
    org.moment(p_valid_from, (org.find_service_by_id(v_service_id)).time_zone), p_replace);
  return query select l.* from api.list_sources() l where l.source_id = p_source_id;
end
$$;
comment on function api.map_source(int, text, int, text, boolean) is 'Points a source to a queue (none given: to no queue) from valid_from on, or for its whole history. Answers the source.';
