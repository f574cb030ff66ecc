create or replace function marketplace.pg_cron_command()
returns text
language sql immutable parallel safe
return 'set statement_timeout = 0; select marketplace.run_due(true)';

comment on function marketplace.pg_cron_command() is 'What pg_cron runs every minute.';
