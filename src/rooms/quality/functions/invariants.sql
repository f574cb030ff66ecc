create or replace function quality.invariants(p_samples int default 12)
returns table (name text, severity text, value numeric, evidence text)
language plpgsql
stable
parallel unsafe
as $$
declare
  v_period record;
  v_found record;
begin
  select p.* into v_period from quality.measured_period() p;
  select count(*) as days, coalesce(sum(s.differences), 0) as differences, coalesce(sum(s.overlaps), 0) as overlaps,
    coalesce(sum(s.missing_hours), 0) as missing_hours, coalesce(sum(s.hours), 0) as hours,
    string_agg(d.service_id || ' on ' || to_char(d.day_start at time zone 'UTC', 'YYYY-MM-DD'), ', ') filter (where s.differences > 0 or s.overlaps > 0) as places
  into v_found
  from (
    select v_period.services[1 + n * 7 % cardinality(v_period.services)] as service_id,
      date_bin('1 day', v_period.until_time - (n * 397 / p_samples) * interval '1 day' - interval '1 hour', '2000-01-01 00:00+00') as day_start
    from generate_series(0, p_samples - 1) as n
    where v_period.services is not null
  ) d
  cross join lateral statistics.sample_problems(d.service_id, d.day_start, d.day_start + interval '1 day') s
  where s.hours > 0;
  return query
  select 'rollups equal a recomputation', case when v_found.days = 0 then 'skipped' when v_found.differences = 0 then 'ok' else 'critical' end,
    v_found.differences::numeric, format('%s hours differ on %s sampled days%s', v_found.differences, v_found.days, coalesce('; services ' || v_found.places, ''))
  union all
  select 'no rows of a source overlap', case when v_found.days = 0 then 'skipped' when v_found.overlaps = 0 then 'ok' else 'critical' end,
    v_found.overlaps::numeric, format('%s overlaps on %s sampled days%s', v_found.overlaps, v_found.days, coalesce('; services ' || v_found.places, ''))
  union all
  select 'no gaps inside a day', case when v_found.days = 0 then 'skipped' when v_found.missing_hours * 4 <= v_found.hours then 'ok' else 'warning' end,
    v_found.missing_hours::numeric, format('%s of %s hours between first and last row are empty on %s sampled days', v_found.missing_hours, v_found.hours, v_found.days)
  union all
  select 'answered within handled within received', case when count(*) = 0 then 'ok' else 'critical' end, count(*)::numeric,
    coalesce('not checked by the table: ' || string_agg(c.name, ', '), 'checked by the table itself with every write')
  from unnest('{handled_within_offered,answered_within_handled,unique_within_offered,counts_not_negative}'::text[]) as c (name)
  where not statistics.is_checked(c.name)
  union all
  select 'no figures without their source', case when o.orphans = 0 then 'ok' else 'critical' end, o.orphans::numeric, format('%s loads of sources that are not there', o.orphans)
  from (select statistics.orphaned_loads() as orphans) o
  union all
  select 'the audit is whole', case when a.problems is null then 'skipped' when a.problems = 0 then 'ok' else 'critical' end, a.problems,
    case when a.problems is null then 'The audit is long; qh audit verify checks it.' else format('%s rows do not fit into the chain', a.problems) end
  from (
    select case when coalesce((select h.seq from platform.audit_head h), 0) <= 20000 then (select count(*) from platform.audit_problems())::numeric end as problems
  ) a;
end
$$;
comment on function quality.invariants(int) is 'What must hold whatever happens, looked at on sampled days of sampled services.';
