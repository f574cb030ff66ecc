create or replace function quality.summarise(p_samples double precision[], out avg_ms numeric, out p95_ms numeric, out p99_ms numeric, out max_ms numeric, out sample_size int)
language sql
immutable
parallel safe
as $$
  select round(avg(s)::numeric, 3), round((percentile_disc(0.95) within group (order by s))::numeric, 3),
    round((percentile_disc(0.99) within group (order by s))::numeric, 3), round(max(s)::numeric, 3), count(*)::int
  from unnest(p_samples) as s
$$;
comment on function quality.summarise(double precision[]) is 'Mean, 95th and 99th percentile, maximum and number of measured milliseconds; a percentile is one of the samples.';
