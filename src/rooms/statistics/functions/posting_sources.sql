create or replace function statistics.posting_sources(p_rows statistics.posted_call[])
returns table (service_id int, group_id int, source_id int)
language plpgsql volatile parallel unsafe
as $$
declare
  v_place record;
  v_source record;
begin
  for v_place in
    select p.service_id, p.group_id, p.name, n.source_id
    from (
      select distinct r.service_id, r.group_id, coalesce(r.group_code, '') as name
      from unnest(p_rows) r
      where r.error is null
    ) p
    left join org.source_names n on n.service_id = p.service_id and n.kind = 'api' and n.external_name = p.name
    order by p.service_id, p.name
  loop
    service_id := v_place.service_id;
    group_id := v_place.group_id;
    source_id := v_place.source_id;
    if source_id is not null then
      return next;
      continue;
    end if;
    -- A queue that was renamed keeps the source that its figures are in.
    select m.source_id, false as is_new into v_source
    from org.source_spans m
    where m.service_id = v_place.service_id and m.kind = 'api' and m.group_id = v_place.group_id and m.valid_to = 'infinity'
    order by m.source_id
    limit 1;
    if not found then
      select s.source_id, s.is_new into strict v_source from org.ensure_sources(v_place.service_id, 'api', array[v_place.name]) s;
    end if;
    -- Who maps the source elsewhere later means it.
    if v_source.is_new and v_place.group_id is not null then
      perform org.map_source(v_source.source_id, v_place.group_id);
    end if;
    source_id := v_source.source_id;
    return next;
  end loop;
end
$$;
comment on function statistics.posting_sources(statistics.posted_call[]) is 'The sources of kind api that posted rows belong to: the service''s own, or one named like the queue and mapped to it.';
