-- platform: who did what. Rows are added by platform.append_audit() alone, never changed, and each carries the hash of the one before.

create table platform.audit_log (
  seq bigint primary key check (seq > 0),
  at timestamptz not null,
  principal_kind text not null,
  principal_id text not null,
  principal_name text,
  operation text not null,
  object text,
  before jsonb check (jsonb_typeof(before) <> 'null'),
  after jsonb check (jsonb_typeof(after) <> 'null'),
  request_id text,
  previous_hash bytea not null,
  hash bytea not null
);
create index audit_log_principal on platform.audit_log (principal_id, seq);
create index audit_log_operation on platform.audit_log (operation, seq);
create index audit_log_object on platform.audit_log (object, seq);
create index audit_log_at on platform.audit_log (at);
comment on table platform.audit_log is 'Every write, in the transaction of its effect; a chain of hashes that shows any later change.';
comment on column platform.audit_log.principal_kind is 'user, key, session (a browser signed in with a key), local (command line), sql (a SQL login) or job.';
comment on column platform.audit_log.principal_name is 'What the key or job is called; null for people, whose name stands in platform.users alone so that it can be erased.';
comment on column platform.audit_log.object is 'What was changed, such as service_id=3.';
comment on column platform.audit_log.before is 'The fields that changed, as they were; secrets and personal data are left out.';
comment on column platform.audit_log.after is 'The same fields as they are now, or what was asked and answered.';
comment on column platform.audit_log.hash is 'SHA-256 over all other fields of the row.';

create table platform.audit_head (
  is_only boolean primary key default true check (is_only),
  seq bigint not null,
  hash bytea not null
);
comment on table platform.audit_head is 'Number and hash of the last row of the audit; locked while one is added.';
insert into platform.audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

create table platform.audit_checkpoints (
  seq bigint primary key,
  hash bytea not null,
  seal bytea not null,
  at timestamptz not null
);
comment on table platform.audit_checkpoints is 'Heads of the chain, sealed with a key that is not in the database: a chain that was computed anew does not fit them.';
comment on column platform.audit_checkpoints.seal is 'HMAC-SHA-256 over number and hash.';

create function platform.refuse_audit_change()
returns trigger
language plpgsql volatile parallel unsafe
as $$
begin
  raise exception using errcode = 'QH403', message = 'The audit is never changed or deleted.', hint = 'What is wrong in it is put right by a further entry.';
end
$$;
comment on function platform.refuse_audit_change() is 'Trigger: refuses any change of the audit that is no addition.';
create trigger audit_log_is_append_only before update or delete or truncate on platform.audit_log for each statement execute function platform.refuse_audit_change();
