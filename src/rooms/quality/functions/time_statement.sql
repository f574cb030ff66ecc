create or replace function quality.time_statement(
  p_statement text, p_services int[], p_from timestamptz, p_until timestamptz, p_length interval, p_runs int
)
returns double precision[]
language plpgsql
volatile
parallel unsafe
as $$
declare
  v_samples double precision[] := '{}';
  v_room interval := p_until - p_length - p_from;
  v_service int;
  v_start timestamptz;
  v_began timestamptz;
begin
  -- Two runs that do not count make the plans, as any session has them after its first questions. Spread evenly over services
  -- and time, so that a run is like the one before and no chance decides.
  for n in -1 .. p_runs loop
    v_service := p_services[1 + abs(n) * 7 % cardinality(p_services)];
    v_start := date_bin('15 minutes', p_from + greatest(v_room, interval '0') * (abs(n) % p_runs)::double precision / p_runs, '2000-01-01 00:00+00');
    v_began := platform.stopwatch();
    execute p_statement using v_service, v_start, v_start + p_length;
    if n > 0 then
      v_samples := v_samples || (extract(epoch from platform.stopwatch() - v_began) * 1000)::double precision;
    end if;
  end loop;
  return v_samples;
end
$$;
comment on function quality.time_statement(text, int[], timestamptz, timestamptz, interval, int) is
  'Runs a statement that reads ($1 service, $2 from, $3 until) many times over services and time, and answers the milliseconds of each run.';
