create or replace function org.unmap_source(p_source_id int, p_valid_from timestamptz default null)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_source org.sources := org.find_source(p_source_id);
begin
  delete from org.source_mappings m
  where m.service_id = v_source.service_id and m.source_id = p_source_id
    and m.valid_from = coalesce(p_valid_from, '-infinity');
  if not found then
    raise exception using errcode = 'QH404',
      message = format('source %s has no mapping that begins %s', p_source_id,
        coalesce('at ' || p_valid_from::text, 'with its history')),
      hint = 'The source''s mappings are listed by: qh org sources';
  end if;
end
$$;
comment on function org.unmap_source(int, timestamptz) is 'Removes the mapping that begins at a moment, so that the one before it holds again; QH404 when there is none.';
