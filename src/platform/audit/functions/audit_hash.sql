create or replace function platform.audit_hash(p_row platform.audit_log)
returns bytea
language sql stable parallel safe
as $$
  select pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(
    (p_row).seq, extract(epoch from (p_row).at), (p_row).principal_kind, (p_row).principal_id, (p_row).principal_name,
    (p_row).operation, (p_row).object, (p_row).before, (p_row).after, (p_row).request_id,
    pg_catalog.encode((p_row).previous_hash, 'hex'))::text, 'UTF8'))
$$;
comment on function platform.audit_hash(platform.audit_log) is 'SHA-256 over the fields of an audit row as a JSON array, which no two different rows share; the moment counts in microseconds.';
