create or replace function quality.resource_rules()
returns table (rule text, category text, says text, measure text, warning numeric, critical numeric, worse text, unit text, advice text, fix text)
language sql
immutable
parallel unsafe
as $$
  values
    ('resources.cache_hits', 'resources', 'Most blocks are found in memory.',
      $m$
        select case when c.read + c.hit >= 10000 then round(100.0 * c.hit / (c.read + c.hit), 1) end,
          case when c.since is null then 'No snapshot was taken since the counters began.'
            when c.read + c.hit < 10000 then format('Only %s blocks were read since %s; 10,000 say something.', c.read + c.hit, to_char(c.since at time zone 'UTC', 'YYYY-MM-DD HH24:MI'))
            else format('%s blocks from memory, %s from disk since %s', c.hit, c.read, to_char(c.since at time zone 'UTC', 'YYYY-MM-DD HH24:MI')) end
        from quality.database_delta() c
      $m$,
      95::numeric, 80::numeric, 'below', 'per cent',
      'The working set does not fit into memory: raise shared_buffers, or look for queries that read too much.',
      'select * from analyze_query_performance()'),
    ('resources.unused_indexes', 'resources', 'Every index is used.',
      $m$
        select case when max(a.days) >= 7 then count(*) filter (where a.kind = 'unused') end,
          case when coalesce(max(a.days), 0) < 7 then 'Snapshots of seven days are needed; there are ' || coalesce(max(a.days), 0)
            else coalesce(string_agg(a.index_name, ', ' order by a.bytes desc) filter (where a.kind = 'unused'), 'all were used within the week') end,
          string_agg(a.fix, '; ' order by a.bytes desc) filter (where a.kind = 'unused')
        from quality.unused_indexes() a
      $m$,
      1, 20, 'above', 'indexes',
      'An index that nobody reads costs every write. Drop it, unless it is for a report that comes once a month.', null),
    ('resources.duplicate_indexes', 'resources', 'No index repeats another.',
      $m$
        select count(*), coalesce(string_agg(d.evidence, '; ' order by d.index_name), 'none does'), string_agg(d.fix, '; ' order by d.index_name)
        from quality.duplicate_indexes() d
      $m$,
      1, 20, 'above', 'indexes',
      'Drop the one that is named; the other answers the same queries.', null),
    ('resources.missing_indexes', 'resources', 'No foreign key of a large table makes deletes scan it.',
      $m$
        select count(*), coalesce(string_agg(m.evidence, '; ' order by m.table_name), 'none does'), string_agg(m.fix, '; ' order by m.table_name)
        from quality.unindexed_keys() m
      $m$,
      1, 20, 'above', 'indexes',
      'Make the index; the plan shows what is read without it (quality.missing_indexes shows it whole).', null),
    ('partitions.pruning', 'partitions', 'A question about a day reads the partitions of that day only.',
      $m$
        select case when r.total >= 4 then round(100.0 * r.read / r.total, 1) end,
          case when r.total >= 4 then format('a day reads %s of %s partitions', r.read, r.total) else format('There are %s partitions; from four on it says something.', r.total) end
        from statistics.partitions_read(platform.now() - interval '1 day', platform.now()) r
      $m$,
      50.1, 90, 'above', 'per cent',
      'The condition on interval_start_time must be a plain comparison with a moment.',
      $f$explain select * from contact_statistics where interval_start_time >= '2025-03-03' and interval_start_time < '2025-03-04'$f$),
    ('performance.sla', 'performance', 'Every measured answer is within its SLA.',
      $m$
        select max(round(case when r.higher_is_better then r.target / nullif(r.value, 0) else r.value / r.target end * 100)),
          coalesce((array_agg(format('%s: %s %s, promised %s %s (%s)', r.test_name, round(r.value, 1), r.unit, case when r.higher_is_better then 'at least' else 'under' end, r.target, to_char(r.run_at at time zone 'UTC', 'YYYY-MM-DD'))
            order by case when r.higher_is_better then r.target / nullif(r.value, 0) else r.value / r.target end desc))[1], 'Nothing was measured in the last eight days; the nightly job does it.')
        from (
          select distinct on (v.test_name) v.* from quality.validation_runs v
          where v.value is not null and v.run_at > platform.now() - interval '8 days'
          order by v.test_name, v.run_at desc
        ) r
      $m$,
      75, 100, 'above', 'per cent of the promise',
      'Run the validation again; where it stays, look at the slowest statements.', 'select * from validate_query_performance(); select * from analyze_query_performance()'),
    ('performance.sla_in_days', 'performance', 'No SLA is going to be missed soon.',
      $m$
        select case when count(*) > 0 then least(min(p.days_left), 9999) end,
          coalesce((array_agg(format('%s: %s now, %s a day, promised %s', p.test_name, round(p.latest, 2), round(p.slope::numeric, 3), p.target) order by p.days_left))[1],
            'Results of at least seven nights are needed.')
        from quality.sla_projection() p
      $m$,
      30, 7, 'below', 'days',
      'It gets slower from day to day. Look for what grew: tables, partitions, statements.', 'select * from analyze_query_performance()')
$$;
comment on function quality.resource_rules() is 'What should hold of memory, indexes and measured speed.';
