create or replace function ingest.map_own_name(p_service_id int, p_own_name text, p_group_id int)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_source_id int;
begin
  if p_group_id is null then
    return;
  end if;
  select s.source_id into v_source_id from org.ensure_sources(p_service_id, 'load', array[p_own_name]) s;
  if not exists (
    select from org.source_spans s where s.service_id = p_service_id and s.source_id = v_source_id and s.group_id > 0) then
    perform org.map_source(v_source_id, p_group_id);
  end if;
end
$$;
comment on function ingest.map_own_name(int, text, int) is 'Gives rows that are imported for a queue their source, mapped to that queue unless somebody mapped it already.';
