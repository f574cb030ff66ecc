create or replace function quality.slow_statements(p_since timestamptz default null)
returns table (id bigint, query text, calls bigint, total_ms double precision, row_count bigint, since timestamptz)
language sql
stable
parallel unsafe
as $$
  with former as (
    select s.taken_at, s.statements
    from quality.snapshots s
    where s.statements is not null and s.taken_at <= coalesce(p_since, platform.now() - interval '1 hour')
    order by s.taken_at desc
    limit 1
  ), counted as (
    select n.id, n.query, n.calls - coalesce(f.calls, 0) as calls, n.total_ms - coalesce(f.total_ms, 0) as total_ms, n.row_count - coalesce(f.rows, 0) as row_count,
      n.calls < f.calls as was_reset, n.calls as all_calls, n.total_ms as all_ms, n.row_count as all_rows
    from quality.statements() n
    left join (
      select r.* from former f, jsonb_to_recordset(f.statements) as r (id bigint, calls bigint, total_ms double precision, rows bigint)
    ) f on f.id = n.id
  )
  select c.id, c.query, case when c.was_reset then c.all_calls else c.calls end, case when c.was_reset then c.all_ms else c.total_ms end,
    case when c.was_reset then c.all_rows else c.row_count end, (select f.taken_at from former f)
  from counted c
  where c.was_reset or c.calls > 0
$$;
comment on function quality.slow_statements(timestamptz) is 'Statements since the snapshot before a moment (null: an hour ago; without a snapshot since the counters began): calls, ms, rows.';
