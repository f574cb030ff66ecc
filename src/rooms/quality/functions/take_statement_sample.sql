create or replace function quality.take_statement_sample(p_moment timestamptz)
returns void
language plpgsql
volatile
parallel unsafe
as $$
declare
  v_problem text := quality.statements_problem();
begin
  delete from quality.statement_samples s where s.sampled_at < p_moment - interval '8 days';
  if v_problem is not null then
    return;
  end if;
  -- A plan made without the extension would fail, so the text is only looked at here. The square sums follow from deviation and mean.
  execute $query$
    insert into quality.statement_samples (sampled_at, statement_id, statement, calls, total_ms, square_ms, rows, blocks_hit, blocks_read)
    select $1, s.queryid::text, quality.without_literals(min(left(s.query, 1000))), sum(s.calls), sum(s.total_exec_time),
      sum(s.calls * (s.stddev_exec_time ^ 2 + s.mean_exec_time ^ 2)), sum(s.rows), sum(s.shared_blks_hit), sum(s.shared_blks_read)
    from extensions.pg_stat_statements s
    where s.dbid = (select d.oid from pg_database d where d.datname = current_database()) and s.queryid is not null
    group by s.queryid
    order by sum(s.total_exec_time) desc
    limit 100
    on conflict do nothing$query$ using p_moment;
end
$$;
comment on function quality.take_statement_sample(timestamptz) is 'Writes the counters of the 100 statements with the most time down.';
