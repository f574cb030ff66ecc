-- platform: keys of machines and people, and the sessions of the web page.

create table platform.api_keys (
  key_id text primary key check (key_id ~ '^[A-Za-z0-9-]{1,128}$'),
  secret_hash bytea not null,
  name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('viewer', 'agent', 'analyst', 'supervisor', 'planner', 'integration', 'admin')),
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);
comment on table platform.api_keys is 'API keys; the secret is kept only as a keyed hash (HMAC-SHA-256).';
comment on column platform.api_keys.key_id is 'The public part of qh_<id>_<secret>, by which a key is found.';

create table platform.sessions (
  session_hash bytea primary key,
  key_id text not null references platform.api_keys (key_id),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table platform.sessions is 'Sessions of the web page; the cookie holds a random secret, the table its keyed hash.';
