create or replace function statistics.known_columns(f statistics.contact_statistics)
returns int
language sql immutable parallel safe
as $$
  select (f.offered is not null)::int
    + (f.unique_offered is not null)::int * 2
    + (f.handled is not null)::int * 4
    + (f.answered_in_threshold is not null)::int * 8
    + (f.abandoned is not null)::int * 16
    + (f.abandoned_in_5s is not null)::int * 32
    + (f.abandoned_in_threshold is not null)::int * 64
    + (f.failed is not null)::int * 128
    + (f.talk_seconds is not null)::int * 256
    + (f.outbound_talk_seconds is not null)::int * 512
    + (f.hold_seconds is not null)::int * 1024
    + (f.wrap_seconds is not null)::int * 2048
    + (f.wait_handled_seconds is not null)::int * 4096
    + (f.wait_abandoned_seconds is not null)::int * 8192
    + (f.ready_seconds is not null)::int * 16384
    + (f.max_wait_handled_seconds is not null)::int * 32768
    + (f.max_wait_abandoned_seconds is not null)::int * 65536
$$;
comment on function statistics.known_columns(statistics.contact_statistics) is 'Bit mask of the additive columns that a fact knows, in the order of the table.';
