-- platform: who used what how much, written in batches, one row per caller, operation and day.

create table platform.usage (
  used_on date not null,
  principal_id text not null,
  operation text not null,
  principal_kind text not null,
  principal_name text not null,
  call_count bigint not null check (call_count > 0),
  error_count bigint not null check (error_count between 0 and call_count),
  total_ms double precision not null,
  max_ms double precision not null,
  last_used_at timestamptz not null,
  primary key (used_on, principal_id, operation)
);
comment on table platform.usage is 'Calls per key or person, operation and day; what the last seconds brought is still on its way.';
comment on column platform.usage.used_on is 'The day, in UTC.';
comment on column platform.usage.operation is 'The operation; of one that answers about several things, such as any view, behind a blank which of them was asked for.';
comment on column platform.usage.error_count is 'Calls that were answered with 400 or above.';
comment on column platform.usage.total_ms is 'Time from the request to the end of the answer, summed, in milliseconds.';
