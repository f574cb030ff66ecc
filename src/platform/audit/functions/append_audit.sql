create or replace function platform.append_audit(p_entry jsonb)
returns bigint
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_head platform.audit_head;
  v_row platform.audit_log;
begin
  -- Held until the end of the transaction, so that the chain has the order of the commits; called as its last step.
  select h.* into strict v_head from platform.audit_head h for update;
  v_row.seq := v_head.seq + 1;
  v_row.at := platform.now();
  v_row.principal_kind := p_entry ->> 'principal_kind';
  v_row.principal_id := p_entry ->> 'principal_id';
  v_row.principal_name := p_entry ->> 'principal_name';
  v_row.operation := p_entry ->> 'operation';
  v_row.object := p_entry ->> 'object';
  v_row.before := nullif(p_entry -> 'before', 'null');
  v_row.after := nullif(p_entry -> 'after', 'null');
  v_row.request_id := p_entry ->> 'request_id';
  v_row.previous_hash := v_head.hash;
  v_row.hash := platform.audit_hash(v_row);
  insert into platform.audit_log select v_row.*;
  update platform.audit_head h set seq = v_row.seq, hash = v_row.hash;
  return v_row.seq;
end
$$;
comment on function platform.append_audit(jsonb) is 'Adds a row to the audit and returns its number: principal_kind, principal_id, principal_name, operation, object, before, after, request_id. The only way in.';
