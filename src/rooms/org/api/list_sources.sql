create or replace function api.list_sources(p_service text default null, p_unmapped boolean default null)
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
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_service_id int := case when p_service is not null then (org.find_service(p_service)).service_id end;
begin
  return query
  select s.source_id, s.service_id, v.service_code, s.kind, s.external_name, s.stamp_meaning,
    s.external_name = '', s.external_name <> '' and c.group_id is not null, c.group_id, g.group_code, g.group_name,
    coalesce(h.mappings, '[]'), s.created_at
  from org.sources s
  join org.services v on v.service_id = s.service_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('valid_from', case when isfinite(m.valid_from) then m.valid_from end,
        'group_id', m.group_id, 'queue', q.group_code) order by m.valid_from) as mappings
    from org.source_mappings m
    left join org.groups q on q.service_id = m.service_id and q.group_id = m.group_id
    where m.service_id = s.service_id and m.source_id = s.source_id
  ) h on true
  left join lateral (
    select m.group_id
    from org.source_mappings m
    where m.service_id = s.service_id and m.source_id = s.source_id and m.valid_from <= platform.now()
    order by m.valid_from desc
    limit 1
  ) c on true
  left join org.groups g on g.service_id = s.service_id and g.group_id = c.group_id
  where v.merged_into_id is null
    and (v_service_id is null or s.service_id = v_service_id)
    and (p_unmapped is null or p_unmapped = (s.external_name <> '' and c.group_id is null))
  order by v.service_code, s.kind, s.external_name;
end
$$;
comment on function api.list_sources(text, boolean) is 'The sources of figures with the queue that each is mapped to now and its mapping history (a null valid_from is the beginning).';
