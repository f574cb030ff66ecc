create or replace function platform.stopwatch()
returns timestamptz
language sql
volatile
parallel safe
return pg_catalog.clock_timestamp();

comment on function platform.stopwatch() is 'The running clock, to measure how long something takes and for nothing else: platform.now() is the time.';
