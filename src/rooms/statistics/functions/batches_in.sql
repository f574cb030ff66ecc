create or replace function statistics.batches_in(p_from timestamptz, p_to timestamptz)
returns bigint
language sql stable parallel safe
as $$
  select (select count(distinct l.batch_id) from statistics.loads l where l.first_start_time < p_to and l.last_start_time >= p_from)
    + (select count(*) from statistics.agent_loads l where l.first_start_time < p_to and l.last_start_time >= p_from)
$$;
comment on function statistics.batches_in(timestamptz, timestamptz) is 'How many batches wrote or confirmed rows of a stretch of time.';
