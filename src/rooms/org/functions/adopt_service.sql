create or replace function org.adopt_service(p_from_id int, p_into_id int)
returns table (from_source_id int, into_source_id int, from_group_id int, into_group_id int)
language plpgsql volatile parallel unsafe
as $$
begin
  if p_from_id = p_into_id then
    raise exception using errcode = 'QH400',
      message = 'a service cannot be merged into itself',
      hint = 'Name two different services.';
  end if;
  insert into org.groups (service_id, group_code, group_name, description, service_type, priority, is_active, created_at, updated_at)
  select p_into_id, g.group_code, g.group_name, g.description, g.service_type, g.priority, g.is_active, g.created_at, platform.now()
  from org.groups g
  where g.service_id = p_from_id
  order by g.group_code
  on conflict (service_id, group_code) do nothing;
  -- A source that both have keeps the mapping of the service that goes on; a new one brings its own along.
  with made as (
    insert into org.sources (service_id, kind, external_name, stamp_meaning, created_at)
    select p_into_id, s.kind, s.external_name, s.stamp_meaning, s.created_at
    from org.sources s
    where s.service_id = p_from_id
    order by s.kind, s.external_name
    on conflict (service_id, kind, external_name) do nothing
    returning source_id, kind, external_name
  )
  insert into org.source_mappings (service_id, source_id, valid_from, group_id)
  select p_into_id, n.source_id, m.valid_from, k.group_id
  from made n
  join org.sources o on o.service_id = p_from_id and o.kind = n.kind and o.external_name = n.external_name
  join org.source_mappings m on m.service_id = o.service_id and m.source_id = o.source_id
  left join org.groups g on g.service_id = p_from_id and g.group_id = m.group_id
  left join org.groups k on k.service_id = p_into_id and k.group_code = g.group_code;
  return query
  select o.source_id, n.source_id, null::int, null::int
  from org.sources o
  join org.sources n on n.service_id = p_into_id and n.kind = o.kind and n.external_name = o.external_name
  where o.service_id = p_from_id
  union all
  select null, null, g.group_id, k.group_id
  from org.groups g
  join org.groups k on k.service_id = p_into_id and k.group_code = g.group_code
  where g.service_id = p_from_id;
end
$$;
comment on function org.adopt_service(int, int) is 'Gives one service the queues and sources of another and tells which became which; figures are moved by the room that holds them.';
