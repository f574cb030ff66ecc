create or replace function org.find_source(p_source_id int)
returns org.sources
language plpgsql stable parallel safe
as $$
declare
  v_source org.sources;
begin
  select s.* into v_source from org.sources s where s.source_id = p_source_id;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no source with id %s', coalesce(p_source_id::text, 'null')),
      hint = 'List the sources with: qh org sources';
  end if;
  return v_source;
end
$$;
comment on function org.find_source(int) is 'The source with this id; QH404 when there is none.';
