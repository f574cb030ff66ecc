create or replace function platform.audit_entries(
  p_principal text default null,
  p_operation text default null,
  p_object text default null,
  p_from timestamptz default null,
  p_to timestamptz default null
)
returns table (
  seq bigint,
  at timestamptz,
  principal_kind text,
  principal_id text,
  principal_name text,
  operation text,
  object text,
  before jsonb,
  after jsonb,
  request_id text,
  hash text
)
language sql stable parallel safe
as $$
  select l.seq, l.at, l.principal_kind, l.principal_id, coalesce(u.display_name, l.principal_name), l.operation, l.object, l.before, l.after,
    l.request_id, pg_catalog.encode(l.hash, 'hex')
  from platform.audit_log l
  left join platform.users u on l.principal_kind = 'user' and u.user_id = l.principal_id
  where (p_principal is null or l.principal_id = p_principal or u.login = pg_catalog.lower(p_principal))
    and (p_operation is null or l.operation = p_operation or p_operation like '%.' and pg_catalog.starts_with(l.operation, p_operation))
    and (p_object is null or l.object = p_object)
    and (p_from is null or l.at >= p_from)
    and (p_to is null or l.at < p_to)
$$;
comment on function platform.audit_entries(text, text, text, timestamptz, timestamptz) is 'The audit with the present names of people, by who, what, on what and when.';
