create or replace function marketplace.pg_cron_advice()
returns text
language sql stable parallel safe
as $$
  -- Which database pg_cron keeps its jobs in only it knows: its extension can be made in that one alone.
  select case
      when s.cron_ticked_at > platform.now() - interval '5 minutes' then 'pg_cron looks every minute whether a refresh is due, beside our own scheduler.'
      when s.uses_pg_cron then 'pg_cron has the job in this database and has not run it for five minutes: cron.job_run_details says why. It logs in as qh_server, '
        'by a line in the .pgpass of the server''s user, or with cron.use_background_workers = on.'
      when to_regnamespace('cron') is not null then 'pg_cron is in this database and not open to us. As a superuser here: grant usage on schema cron to qh_server'
      when exists (select from pg_available_extensions e where e.name = 'pg_cron') then format(
        'pg_cron is not in this database, and nothing is scheduled there; our own scheduler makes the refresh. Where it lives in another one (cron.database_name), '
        'as a superuser there: select cron.schedule_in_database(%L, %L, %L, %L, %L)',
        'quarterhour marketplace refresh', '* * * * *', marketplace.pg_cron_command(), current_database(), 'qh_server')
      else 'There is no pg_cron on this server; our own scheduler makes the refresh.'
    end
  from marketplace.settings s
$$;
comment on function marketplace.pg_cron_advice() is 'What pg_cron does for the refresh, or what an administrator runs so that it does.';
