create or replace function api.update_source(p_source_id int, p_stamp_meaning text)
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
  v_source org.sources := org.find_source(p_source_id);
begin
  if p_stamp_meaning is null or p_stamp_meaning not in ('start', 'end') then
    raise exception using errcode = 'QH400',
      message = format('stamp_meaning %L is neither start nor end', p_stamp_meaning),
      hint = 'It says whether the foreign time stamp is the start or the end of its interval.';
  end if;
  update org.sources s
  set stamp_meaning = p_stamp_meaning
  where s.service_id = v_source.service_id and s.source_id = p_source_id;
  return query select l.* from api.list_sources() l where l.source_id = p_source_id;
end
$$;
comment on function api.update_source(int, text) is 'Says whether the stamps of a source are starts or ends of intervals, for imports from now on. Answers the source.';
