create or replace function ingest.fill_rows(p_kind text, p_service_id int, p_own_name text, p_minutes int, p_replace boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_source_kind text := case p_kind when 'argus_load' then 'load' else 'report' end;
  v_equal bigint;
begin
  -- Without statistics the joins below are taken for tiny and sort a million wide rows: 4.8 s instead of 1.7.
  analyze pg_temp.staged_periods, pg_temp.staged_names, pg_temp.rejected_rows;
  if p_service_id is not null then
    perform ingest.ensure_names(p_service_id, v_source_kind, p_own_name);
  end if;
  if p_kind = 'argus_load' then
    perform ingest.fill_argus_load(coalesce(p_service_id, 0), p_own_name, p_minutes);
  else
    perform ingest.fill_argus_report(coalesce(p_service_id, 0), p_own_name, p_minutes);
  end if;
  perform ingest.settle_repeats();
  v_equal := ingest.find_duplicates(p_kind);
  if p_service_id is not null then
    perform ingest.find_conflicts(p_replace);
  end if;
  perform ingest.tell_periods(p_kind);
  perform ingest.reject_rows();
  if p_service_id is not null then
    perform ingest.warn_of_sources(p_service_id, v_source_kind);
  end if;
  return v_equal;
end
$$;
comment on function ingest.fill_rows(text, int, text, int, boolean) is 'Turns the good staged rows into rows for the loader, one per source and interval; returns how many equal duplicates were dropped.';
