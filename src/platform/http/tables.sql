-- platform: answers to writes that carried an idempotency key.

create table platform.idempotency_keys (
  principal_id text not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 200),
  request_hash bytea not null,
  answer json,
  created_at timestamptz not null,
  primary key (principal_id, idempotency_key)
);
comment on table platform.idempotency_keys is 'One row per idempotency key; written in the transaction of the effect, so that a key without a row had no effect.';
