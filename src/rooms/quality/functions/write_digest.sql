create or replace function quality.write_digest(p_period_end timestamptz default null)
returns setof quality.digests
language plpgsql
volatile
parallel unsafe
as $$
declare
  v_end timestamptz := coalesce(p_period_end, date_bin('1 day', platform.now(), '2000-01-01 00:00+00'));
  v_start timestamptz := v_end - interval '7 days';
begin
  return query
  insert into quality.digests as d (period_start, period_end, made_at, content)
  select v_start, v_end, platform.now(), jsonb_build_object(
    'errors', jsonb_build_object(
      'failed_imports', (select count(*) from api.import_batches b where b.status = 'failed' and b.created_at >= v_start and b.created_at < v_end),
      'rejected_rows', (select coalesce(sum(b.records_failed), 0) from api.import_batches b where b.created_at >= v_start and b.created_at < v_end),
      'failed_jobs', (select j.failed from quality.job_counts(v_start, v_end) j),
      'rule_breaks', (select count(*) from quality.rule_changes c
        where c.changed_at >= v_start and c.changed_at < v_end and c.severity in ('warning', 'critical') and c.former is not null)),
    'broken_rules', coalesce((select jsonb_agg(jsonb_build_object('rule', s.rule, 'severity', s.severity, 'evidence', s.evidence, 'since', s.since) order by s.since)
      from quality.rule_states s where s.severity in ('warning', 'critical')), '[]'),
    'slow_statements', coalesce((select jsonb_agg(jsonb_build_object('query', left(quality.without_literals(left(s.query, 2000)), 200), 'calls', s.calls, 'avg_ms', round((s.total_ms / s.calls)::numeric, 2), 'total_ms', round(s.total_ms::numeric)))
      from (select s.* from quality.slow_statements(v_start) s where s.calls > 0 order by s.total_ms desc limit 5) s), '[]'),
    'trends', jsonb_build_object(
      'database_bytes', (select s.database_bytes from quality.snapshots s where s.taken_at < v_end order by s.taken_at desc limit 1),
      'database_bytes_before', (select s.database_bytes from quality.snapshots s where s.taken_at < v_start order by s.taken_at desc limit 1),
      'calls', (select sum(f.offered) from statistics.figures(v_start, v_end, null, 'UTC') f),
      'calls_before', (select sum(f.offered) from statistics.figures(v_start - interval '7 days', v_start, null, 'UTC') f),
      'sla', coalesce((select jsonb_agg(jsonb_build_object('test', t.test_name, 'now', t.now, 'before', t.before, 'target', t.target, 'unit', t.unit) order by t.test_name)
        from (
          select r.test_name, max(r.unit) as unit, max(r.target) as target, round(avg(r.value) filter (where r.run_at >= v_start), 2) as now,
            round(avg(r.value) filter (where r.run_at < v_start), 2) as before
          from quality.validation_runs r
          where r.run_at >= v_start - interval '7 days' and r.run_at < v_end and r.value is not null
          group by r.test_name
        ) t), '[]')))
  on conflict (period_start) do update set made_at = excluded.made_at, period_end = excluded.period_end, content = excluded.content
  returning d.*;
  delete from quality.digests d where d.period_start < v_start - interval '3 years';
end
$$;
comment on function quality.write_digest(timestamptz) is 'Writes the week before a moment (null: this midnight UTC) in short: errors, broken rules, slow statements, trends.';
