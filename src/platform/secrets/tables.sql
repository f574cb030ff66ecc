-- platform: secrets of integrations, encrypted with a key that is not in the database.

create table platform.secrets (
  name text primary key check (name ~ '^[a-z0-9_.-]{1,100}$'),
  envelope bytea not null,
  updated_by text not null,
  updated_at timestamptz not null
);
comment on table platform.secrets is 'Passwords and tokens for other systems; no operation gives one back.';
comment on column platform.secrets.envelope is 'Version 1: byte 1, key id (16), nonce (12), tag (16), AES-256-GCM ciphertext; the name is authenticated with it.';
