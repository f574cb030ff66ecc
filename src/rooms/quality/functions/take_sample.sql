create or replace function quality.take_sample()
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := date_trunc('minute', platform.now());
begin
  insert into quality.metric_samples (sampled_at, entity_type, metric_name, value)
  select v_now, m.entity_type, m.metric_name, m.value
  from (
    select 'database', c.metric_name, c.value
    from (
      select count(*) as total, count(*) filter (where a.state = 'active') as active,
        count(*) filter (where a.wait_event_type = 'Lock') as waiting
      from pg_stat_activity a where a.datname = current_database()
    ) n
    cross join lateral (values ('connections_total', n.total), ('connections_active', n.active), ('connections_waiting_for_lock', n.waiting)) c (metric_name, value)
    union all
    select 'database', c.metric_name, c.value
    from pg_stat_database d
    cross join lateral (values
      ('cache_hit_pct', 100.0 * d.blks_hit / nullif(d.blks_hit + d.blks_read, 0)),
      ('transactions_total', d.xact_commit + d.xact_rollback),
      ('deadlocks_total', d.deadlocks)) c (metric_name, value)
    where d.datname = current_database()
    union all
    select 'database', 'size_bytes', pg_database_size(current_database())
  ) m (entity_type, metric_name, value)
  where m.value is not null
  on conflict (sampled_at, entity_type, metric_name) do nothing;
  delete from quality.metric_samples s where s.sampled_at < v_now - interval '8 days';
  if extract(minute from v_now)::int % 10 = 0 or not exists (select from quality.statement_samples) then
    perform quality.take_statement_sample(v_now);
  end if;
end
$$;
comment on function quality.take_sample() is 'Writes the figures of the database of this minute down, every ten minutes those of its statements too, and forgets what is older than eight days.';
