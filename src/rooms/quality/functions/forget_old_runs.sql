create or replace function quality.forget_old_runs()
returns void
language sql
volatile
parallel unsafe
as $$
  delete from quality.data_runs r where r.run_at < platform.now() - interval '400 days';
  delete from platform.usage u where u.used_on < (platform.now() at time zone 'UTC')::date - 400;
$$;
comment on function quality.forget_old_runs() is 'Deletes runs of the rules about data, and counts of use, older than 400 days.';
