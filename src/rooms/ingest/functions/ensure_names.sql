create or replace function ingest.ensure_names(p_service_id int, p_source_kind text, p_own_name text)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- A name that stands only in rejected rows makes no source.
  if exists (select from pg_temp.rejected_rows) then
    delete from pg_temp.staged_names n
    where n.is_new and n.name not in (
      select distinct coalesce(r.source_name, p_own_name)
      from pg_temp.staged_rows r
      where r.period is not null
        and not exists (select from pg_temp.rejected_rows x where x.place = ingest.place(r.sheet, r.row_number)));
  end if;
  update pg_temp.staged_names n
  set source_id = s.source_id
  from org.ensure_sources(p_service_id, p_source_kind,
    (select coalesce(array_agg(w.name), '{}') from pg_temp.staged_names w where w.is_new)) s
  where n.is_new and s.external_name = n.name;
end
$$;
comment on function ingest.ensure_names(int, text, text) is 'Makes the sources of new names that stand in at least one good row.';
