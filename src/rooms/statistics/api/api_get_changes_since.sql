create or replace function api.api_get_changes_since(
  p_last_sync timestamptz default null,
  p_limit int default 1000,
  p_cursor text default null
)
returns table (
  table_name text,
  operation text,
  record_id bigint,
  changed_at timestamptz,
  data jsonb,
  cursor text
)
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_origin record;
  v_parts text[] := regexp_match(p_cursor, '^([0-9a-f]{8})\.(\d{1,19})\.(\d{1,18})\.([\d,]{1,60})$');
  v_entry statistics.change_log;
  v_place bigint[];
  v_left int := p_limit;
  v_rows int;
begin
  if p_limit is null or p_limit not between 1 and 100000 then
    raise exception using errcode = 'QH400', message = format('a limit of %s is not possible', coalesce(p_limit::text, 'null')), hint = 'Give 1 to 100000.';
  end if;
  select o.origin, o.forgotten_xid into v_origin from statistics.change_origin o;
  if p_cursor is not null and v_parts is null then
    raise exception using errcode = 'QH400', message = 'cursor is not one of this feed', hint = 'Pass the cursor of the last row that was read, unchanged.';
  end if;
  if v_parts[1] <> v_origin.origin or v_parts[2]::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) or v_parts[2]::xid8 <= v_origin.forgotten_xid then
    raise exception using errcode = 'QH409', message = 'what followed this cursor is not known any more',
      hint = 'Read the tables once whole, and follow from the beginning without cursor.';
  end if;
  -- Nothing that runs now can write below the horizon: what is there is complete, and its order will not change.
  for v_entry in
    select l.*
    from statistics.change_log l
    where l.xid < pg_snapshot_xmin(pg_current_snapshot())
      and (v_parts is null or (l.xid, l.change_number) >= (v_parts[2]::xid8, v_parts[3]::bigint))
      and (v_parts is not null or p_last_sync is null or l.changed_at > p_last_sync)
    order by l.xid, l.change_number
  loop
    v_place := case when v_entry.xid = v_parts[2]::xid8 and v_entry.change_number = v_parts[3]::bigint
      then string_to_array(v_parts[4], ',')::bigint[] end;
    return query
    select v_entry.table_name, c.operation, c.record_id, c.changed_at, c.data,
      concat_ws('.', v_origin.origin, v_entry.xid, v_entry.change_number, array_to_string(c.place, ','))
    from statistics.changes_of_entry(v_entry, v_place, v_left) c;
    get diagnostics v_rows = row_count;
    v_left := v_left - v_rows;
    exit when v_left <= 0;
  end loop;
end
$$;
comment on function api.api_get_changes_since(timestamptz, int, text) is
  'What was inserted, updated and deleted in contact_statistics and agent_activity, in order; pass the cursor of the last row to go on. A row stands as it is now; a change that commits late is never passed over.';
