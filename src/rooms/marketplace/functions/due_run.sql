create or replace function marketplace.due_run()
returns timestamptz
language sql stable parallel safe
as $$
  -- However many were missed, the newest is caught up, once; one that failed is tried three times in all. The first refresh of all is due at once.
  select d.due
  from marketplace.settings s
  cross join (select marketplace.due_at() as due) d
  where (d.due >= s.scheduled_since or not exists (select from marketplace.refresh_runs r where r.status = 'SUCCESS'))
    and not exists (select from marketplace.refresh_runs r where r.scheduled_for = d.due and r.status = 'SUCCESS')
    and (select count(*) from marketplace.refresh_runs r where r.scheduled_for = d.due and r.status = 'ERROR') < 3
$$;
comment on function marketplace.due_run() is 'The planned moment whose refresh is still to be made; null when none is.';
