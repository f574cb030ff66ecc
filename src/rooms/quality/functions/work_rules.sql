create or replace function quality.work_rules()
returns table (rule text, category text, says text, measure text, warning numeric, critical numeric, worse text, unit text, advice text, fix text)
language sql
immutable
parallel unsafe
as $$
  values
    ('jobs.waiting', 'jobs', 'Jobs begin soon after they are due.',
      $m$
        select case when j.is_known then round(coalesce(extract(epoch from platform.now() - j.oldest_waiting) / 60, 0)) end,
          case when j.is_known then format('%s jobs wait', j.waiting) else j.reason end
        from quality.job_counts() j
      $m$,
      10::numeric, 60::numeric, 'above', 'minutes',
      'No process runs the jobs, or one of them takes all the time. Look at the server and its log.', 'qh quality jobs'),
    ('jobs.failed', 'jobs', 'No job failed for good in the last day.',
      $m$
        select case when j.is_known then j.failed end, case when j.is_known then coalesce('failed: ' || j.failed_names, 'none failed') else j.reason end
        from quality.job_counts() j
      $m$,
      1, 10, 'above', 'jobs',
      'The log of the server has the cause.', 'qh quality jobs'),
    ('jobs.failed_imports', 'jobs', 'No import failed in the last day.',
      $m$
        select count(*), coalesce('the last one: ' || (array_agg(b.filename || ' – ' || coalesce(b.error_summary, 'no reason') order by b.created_at desc))[1], 'none failed')
        from api.import_batches b
        where b.status = 'failed' and b.created_at > platform.now() - interval '1 day'
      $m$,
      1, 10, 'above', 'imports',
      'Read the reason, correct the file, and import it again.', 'qh ingest batches'),
    ('data.freshness', 'data_freshness', 'The newest figures are young.',
      $m$
        select round((extract(epoch from platform.now() - max(n.newest_end)) / 3600)::numeric, 2),
          coalesce('the newest interval ends ' || to_char(max(n.newest_end) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', 'No service has figures yet.')
        from statistics.newest_figures() n
      $m$,
      1.001, 4.001, 'above', 'hours',
      'Import or post the newest figures; where they come by themselves, look at the source.', 'select * from import_batches order by created_at desc limit 10'),
    ('data.retention', 'partitions', 'Detail that the policy lets go of is gone.',
      $m$
        select case when r.keep_months is not null then r.due end,
          case when r.keep_months is null then 'No policy: nothing is ever deleted.'
            when r.due = 0 then format('detail of %s months is kept; nothing older is there', r.keep_months)
            when r.effective_on > (platform.now() at time zone 'UTC')::date then format('%s months of detail go on %s', r.due, r.effective_on)
            else format('%s months of detail are older than %s months', r.due, r.keep_months) end
        from statistics.retention_state() r
      $m$,
      1, 3, 'above', 'months',
      'The policy is announced and applied by the nightly job from its day on; it did not run, or its day has not come.', 'qh maintain')
$$;
comment on function quality.work_rules() is 'What should hold of jobs, imports, freshness and retention.';
