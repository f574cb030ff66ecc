create or replace function ingest.warn_of_sources(p_service_id int, p_source_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_names text[];
begin
  select array_agg(n.name order by n.name) into v_names
  from pg_temp.staged_names n
  where n.name <> '' and not exists (
    select from org.source_spans s
    where s.service_id = p_service_id and s.source_id = n.source_id and s.group_id > 0);
  if v_names is not null then
    perform ingest.warn('SOURCE_UNMAPPED', case cardinality(v_names)
        when 1 then format('“%s” is not mapped to a queue: it counts for the service only.', v_names[1])
        else format('%s names are not mapped to a queue: they count for the service only.', cardinality(v_names)) end, v_names);
  end if;
  if exists (select from pg_temp.staged_names n where n.name = '') and exists (select from pg_temp.staged_names n where n.name <> '') then
    perform ingest.warn('NAME_BLANK', 'Some rows have no project name: they were taken as the service''s own total for their intervals.');
  end if;
end
$$;
comment on function ingest.warn_of_sources(int, text) is 'Warns of names that no queue is behind, and of rows without a name beside named ones.';
