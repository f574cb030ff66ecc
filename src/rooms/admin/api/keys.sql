create or replace function api.keys()
returns table (
  key_id text, name text, role text, created_by text,
  created_at timestamptz, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz
)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select k.key_id, k.name, k.role, k.created_by, k.created_at, k.expires_at, k.revoked_at, k.last_used_at
  from platform.api_keys as k
$$;
comment on function api.keys() is 'The API keys with role, expiry and last use; never their secrets.';
