create or replace function org.map_source(
  p_source_id int,
  p_group_id int,
  p_valid_from timestamptz default null,
  p_replace boolean default false
)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_source org.sources := org.find_source(p_source_id);
begin
  if v_source.external_name = '' then
    raise exception using errcode = 'QH400',
      message = 'this source is the service''s own total and belongs to no queue',
      hint = 'Only sources with a name can be mapped.';
  end if;
  if p_group_id is not null and not exists (
    select from org.groups g where g.service_id = v_source.service_id and g.group_id = p_group_id) then
    raise exception using errcode = 'QH404',
      message = format('the source''s service has no queue with id %s', p_group_id),
      hint = 'A source can only be mapped to a queue of its own service.';
  end if;
  if p_valid_from is null then
    if not p_replace and exists (
      select from org.source_mappings m
      where m.service_id = v_source.service_id and m.source_id = p_source_id and isfinite(m.valid_from)) then
      raise exception using errcode = 'QH409',
        message = 'this source was re-pointed on a date before; mapping its whole history would forget that',
        hint = 'Give valid_from, remove the dated mappings, or ask for replace.';
    end if;
    delete from org.source_mappings m
    where m.service_id = v_source.service_id and m.source_id = p_source_id and isfinite(m.valid_from);
  end if;
  insert into org.source_mappings (service_id, source_id, valid_from, group_id)
  values (v_source.service_id, p_source_id, coalesce(p_valid_from, '-infinity'), p_group_id)
  on conflict (service_id, source_id, valid_from) do update set group_id = excluded.group_id
  where source_mappings.group_id is distinct from excluded.group_id;
end
$$;
comment on function org.map_source(int, int, timestamptz, boolean) is 'Points a source to a queue (null: to none) from a moment on, or for its whole history when no moment is given.';
