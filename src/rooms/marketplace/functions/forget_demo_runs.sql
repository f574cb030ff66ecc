create or replace function marketplace.forget_demo_runs()
returns void
language sql volatile parallel unsafe
as $$
  -- The last one says when the rows that still are there were counted.
  delete from marketplace.refresh_runs r
  where r.cause = 'demo'
    and (r.run_id < (select max(x.run_id) from marketplace.refresh_runs x)
      or not exists (select from marketplace.refresh_log g where g.run_id = r.run_id and (g.row_count > 0 or g.status = 'ERROR')))
$$;
comment on function marketplace.forget_demo_runs() is 'Takes the refreshes for the demo out of the log, but the last where the views have rows of somebody''s own.';
