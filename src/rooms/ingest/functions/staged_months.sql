create or replace function ingest.staged_months()
returns date[]
language plpgsql volatile parallel unsafe
as $$
begin
  -- Partitions are by month in UTC. A stamp may mean the end of its interval, and a repeated hour the later moment.
  return (
    select coalesce(array_agg(distinct m.month), '{}')
    from pg_temp.staged_periods p
    cross join lateral (
      values (date_trunc('month', p.moment - interval '1 hour', 'UTC')::date), (date_trunc('month', p.moment, 'UTC')::date),
        (date_trunc('month', p.later, 'UTC')::date)
    ) m (month)
    where p.problem is null and m.month is not null);
end
$$;
comment on function ingest.staged_months() is 'The months (UTC) that the staged rows fall into.';
