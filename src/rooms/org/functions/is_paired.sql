create or replace function org.is_paired(p_pairs jsonb, p_id int, p_service_id int)
returns boolean
language sql immutable parallel safe
return p_pairs is null
  or p_pairs -> p_id::text = 'true'::jsonb
  or coalesce((p_pairs -> p_id::text) @> pg_catalog.to_jsonb(p_service_id), false);

comment on function org.is_paired(jsonb, int, int) is 'Whether an employee or agent is seen on a service, by org.employee_pairs() or org.agent_pairs().';
