create or replace function ingest.forget_findings(p_older_than_days int)
returns bigint
language sql volatile parallel unsafe
as $$
  with gone as (
    delete from ingest.import_errors e
    using ingest.import_batches b
    where b.batch_id = e.batch_id and b.status not in ('queued', 'running')
      and b.finished_at < platform.now() - make_interval(days => p_older_than_days)
    returning 1
  )
  select count(*) from gone
$$;
comment on function ingest.forget_findings(int) is 'Deletes what was found wrong in the rows of imports that ended longer ago than so many days; the batches with their counts stay. Returns the number of findings.';
