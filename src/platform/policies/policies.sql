-- platform: nobody but the server and the owner reaches these tables, and operations show of them what the caller may see.

select platform.leave_open(t.name, 'bookkeeping of the database, of no service and nobody')
from unnest('{platform.schema_migrations,platform.schema_objects,platform.settings,platform.row_scopes,platform.personal_columns,platform.erased_marks}'::text[]) as t (name);

select platform.leave_open(t.name, 'who may call is asked before it is known what they may see; shown to administrators only')
from unnest('{platform.roles,platform.users,platform.invitations,platform.sign_in_failures,platform.api_keys,platform.sessions,platform.sql_logins}'::text[]) as t (name);

select platform.leave_open(t.name, 'one chain over everything; shown only to administrators whom nothing narrows')
from unnest('{platform.audit_log,platform.audit_head,platform.audit_checkpoints}'::text[]) as t (name);

select platform.leave_open('platform.idempotency_keys', 'each row is one caller''s, and is found by that caller''s id alone');
select platform.leave_open('platform.secrets', 'sealed, and returned by no operation');
select platform.leave_open('platform.usage', 'who called what how often, of no service; shown to administrators only');
select platform.leave_open('platform.slow_statements', 'shown to administrators only');
