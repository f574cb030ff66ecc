create or replace function ingest.list_names(p_service_id int, p_source_kind text, p_own_name text, p_minutes int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.staged_names (name, source_id, shift, is_new)
  select n.name, - row_number() over (order by n.name), interval '0', true
  from (
    select distinct coalesce(r.source_name, p_own_name) as name
    from pg_temp.staged_rows r
    where r.period is not null
  ) n;
  update pg_temp.staged_names n
  set source_id = s.source_id, is_new = false,
    shift = case s.stamp_meaning when 'end' then make_interval(mins => - p_minutes) else interval '0' end
  from org.source_names s
  where s.service_id = p_service_id and s.kind = p_source_kind and s.external_name = n.name;
end
$$;
comment on function ingest.list_names(int, text, text, int) is 'Lists the names of sources in the staged rows, with the sources that the service already has for them; a new name has a negative number.';
