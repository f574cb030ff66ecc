create or replace function api.unmap_source(p_source_id int, p_valid_from text default null)
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
begin
  perform org.unmap_source(p_source_id,
    org.moment(p_valid_from, (org.find_service_by_id((org.find_source(p_source_id)).service_id)).time_zone));
  return query select l.* from api.list_sources() l where l.source_id = p_source_id;
end
$$;
comment on function api.unmap_source(int, text) is 'Removes the mapping that begins at valid_from (none given: at the beginning), so that the one before holds again. Answers the source.';
