create or replace function ingest.warn_of_totals(p_batch_id uuid, p_zone text)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  perform ingest.warn('TOTAL_NE_SUM', format(
      'In %s intervals the service''s own total and the sum of its projects differ (%s against %s calls, first on %s): the total counts.',
      d.interval_count, d.total_offered, d.named_offered, to_char(d.first_start_time at time zone p_zone, 'DD.MM.YYYY HH24:MI')))
  from statistics.total_differences(p_batch_id) d;
end
$$;
comment on function ingest.warn_of_totals(uuid, text) is 'Warns where the service''s own total differs from the sum of its named sources.';
