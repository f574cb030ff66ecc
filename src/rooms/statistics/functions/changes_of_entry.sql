create or replace function statistics.changes_of_entry(p_entry statistics.change_log, p_after bigint[], p_limit int)
returns table (operation text, record_id bigint, changed_at timestamptz, data jsonb, place bigint[])
language sql stable parallel safe
as $$
  with keys as (
    select k.moment, a.agent_id, s.service_id, g.group_id,
      case p_entry.table_name when 'contact_statistics' then array[extract(epoch from k.moment)::bigint]
        else array[extract(epoch from k.moment)::bigint, a.agent_id, s.service_id, g.group_id] end as place
    from unnest(p_entry.key_times) with ordinality as k (moment, at)
    left join unnest(p_entry.agent_ids) with ordinality as a (agent_id, at) on a.at = k.at
    left join unnest(p_entry.key_services) with ordinality as s (service_id, at) on s.at = k.at
    left join unnest(p_entry.key_groups) with ordinality as g (group_id, at) on g.at = k.at
  ), found as (
    (
      select to_jsonb(f) as data, array[extract(epoch from f.interval_start_time)::bigint] as place, f.created_at, f.updated_at
      from statistics.contact_statistics f
      where p_entry.table_name = 'contact_statistics' and p_entry.key_times is null
        and f.service_id = p_entry.service_id and f.source_id = p_entry.source_id
        and f.interval_start_time between greatest(p_entry.first_time, to_timestamp(p_after[1])) and p_entry.last_time
        and (p_after is null or f.interval_start_time > to_timestamp(p_after[1]))
        and (p_entry.written_since is null or f.updated_at >= p_entry.written_since)
      order by f.interval_start_time
      limit p_limit
    )
    union all
    (
      select to_jsonb(f), array[extract(epoch from f.interval_start_time)::bigint, f.agent_id, f.service_id, f.group_id], f.created_at, f.updated_at
      from statistics.agent_activity f
      where p_entry.table_name = 'agent_activity' and p_entry.key_times is null
        and f.agent_id = any (p_entry.agent_ids)
        and f.interval_start_time between greatest(p_entry.first_time, to_timestamp(p_after[1])) and p_entry.last_time
        and (p_after is null or (f.interval_start_time, f.agent_id, f.service_id, f.group_id)
          > (to_timestamp(p_after[1]), p_after[2]::int, p_after[3]::int, p_after[4]::int))
        and (p_entry.written_since is null or f.updated_at >= p_entry.written_since)
        and (p_entry.service_id is null or f.service_id = p_entry.service_id)
      order by f.interval_start_time, f.agent_id, f.service_id, f.group_id
      limit p_limit
    )
    union all
    select coalesce(to_jsonb(c), to_jsonb(g), jsonb_strip_nulls(jsonb_build_object('agent_id', k.agent_id,
        'service_id', coalesce(p_entry.service_id, k.service_id), 'source_id', p_entry.source_id, 'group_id', k.group_id,
        'interval_start_time', k.moment))),
      k.place, coalesce(c.created_at, g.created_at), coalesce(c.updated_at, g.updated_at)
    from keys k
    left join statistics.contact_statistics c on p_entry.table_name = 'contact_statistics'
      and c.service_id = p_entry.service_id and c.source_id = p_entry.source_id and c.interval_start_time = k.moment
    left join statistics.agent_activity g on p_entry.table_name = 'agent_activity'
      and g.agent_id = k.agent_id and g.interval_start_time = k.moment and g.service_id = k.service_id and g.group_id = k.group_id
    where p_after is null or k.place > p_after
  )
  select case when f.created_at is null then 'DELETE' when f.created_at < f.updated_at then 'UPDATE' else 'INSERT' end,
    case p_entry.table_name
      when 'contact_statistics' then statistics.interval_row_id(p_entry.source_id, to_timestamp(f.place[1]))
      else statistics.agent_row_id(f.place[2]::int, to_timestamp(f.place[1]), f.place[3]::int, f.place[4]::int)
    end,
    p_entry.changed_at, f.data, f.place
  from found f
  order by f.place
  limit p_limit
$$;
comment on function statistics.changes_of_entry(statistics.change_log, bigint[], int) is
  'The rows that an entry of the change log is about, as they are now, in the order of their keys: INSERT or UPDATE with the row, DELETE with the key alone.';
