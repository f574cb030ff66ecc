-- platform: who may call: roles, people, keys of machines, sessions of the web page; and what a SQL login may see.

create table platform.roles (
  role text primary key check (role ~ '^[a-z_]{2,40}$'),
  title text not null check (title <> ''),
  scopes text[] not null check (array_position(scopes, null) is null),
  aliases text[] not null default '{}',
  ordinal int not null,
  updated_at timestamptz not null
);
comment on table platform.roles is 'Roles and what each may do. A scope that no role holds is nobody''s.';
comment on column platform.roles.scopes is 'Scopes of operations, such as statistics:read; changed with admin.update_role, at work everywhere within two seconds.';
comment on column platform.roles.aliases is 'Other names by which the role can be given.';

insert into platform.roles (role, title, scopes, aliases, ordinal, updated_at)
values
  ('viewer', 'Sees figures', '{org:read,statistics:read,marketplace:read}', '{VIEWER}', 1, now()),
  ('agent', 'Takes contacts; sees what is their own', '{}', '{OPERATOR,SENIOR_OPERATOR}', 2, now()),
  ('analyst', 'Sees figures, imports and people', '{org:read,statistics:read,ingest:read,people:read,quality:read,marketplace:read}', '{ANALYST}', 3, now()),
  ('supervisor', 'Leads a team', '{org:read,statistics:read,ingest:read,people:read,people:personal,quality:read,marketplace:read}', '{SUPERVISOR}', 4, now()),
  ('planner', 'Plans and keeps data and people in order',
    '{org:read,org:write,statistics:read,statistics:write,ingest:read,ingest:write,people:read,people:write,people:personal,quality:read,quality:write,marketplace:read,marketplace:write}', '{MANAGER,HR_MANAGER}', 5, now()),
  ('integration', 'A program that sends and fetches figures', '{org:read,statistics:read,statistics:write,ingest:read,ingest:write,marketplace:read,marketplace:write}', '{INTEGRATION}', 6, now()),
  ('admin', 'May do everything',
    '{org:read,org:write,statistics:read,statistics:write,ingest:read,ingest:write,people:read,people:write,people:personal,quality:read,quality:write,admin:read,admin:write,marketplace:read,marketplace:write}', '{ADMIN}', 7, now());

create table platform.users (
  user_id text primary key check (user_id ~ '^[a-z0-9]{1,40}$'),
  login text not null unique check (login = lower(login) and login ~ '^[^\s[:cntrl:]]{2,100}$'),
  display_name text not null check (length(display_name) between 1 and 200),
  email text check (length(email) <= 254),
  password_hash text,
  role text not null references platform.roles (role),
  service_ids int[],
  team_ids int[],
  locale text not null default 'en' check (locale in ('en', 'ru', 'es')),
  status text not null check (status in ('invited', 'active', 'disabled')),
  created_by text not null,
  created_at timestamptz not null,
  password_changed_at timestamptz,
  last_sign_in_at timestamptz
);
comment on table platform.users is 'People who sign in as themselves.';
comment on column platform.users.password_hash is 'argon2id in PHC form; null until the invitation is accepted.';
comment on column platform.users.service_ids is 'The services that the person may see; null: all.';
comment on column platform.users.team_ids is 'The departments whose people the person may see; null: all.';

create table platform.invitations (
  token_hash bytea primary key,
  user_id text not null references platform.users (user_id) on delete cascade,
  purpose text not null check (purpose in ('invitation', 'reset')),
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitations_user on platform.invitations (user_id);
comment on table platform.invitations is 'Links by which somebody sets a password, each once; the token is kept only as a keyed hash.';

create table platform.sign_in_failures (
  subject text primary key,
  failed_count int not null,
  locked_until timestamptz,
  last_failed_at timestamptz not null
);
comment on table platform.sign_in_failures is 'Failed sign-ins in a row per login (known or not) and per address, and until when no further attempt is taken.';
comment on column platform.sign_in_failures.subject is 'login:<login> or address:<address>.';

create table platform.api_keys (
  key_id text primary key check (key_id ~ '^[A-Za-z0-9-]{1,128}$'),
  secret_hash bytea not null,
  name text not null check (length(name) between 1 and 200),
  role text not null references platform.roles (role),
  operations text[] check (cardinality(operations) > 0),
  service_ids int[],
  cities text[],
  team_ids int[],
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  rotated_from text references platform.api_keys (key_id),
  overlap_until timestamptz
);
comment on table platform.api_keys is 'API keys; the secret is kept only as a keyed hash (HMAC-SHA-256).';
comment on column platform.api_keys.key_id is 'The public part of qh_<id>_<secret>, by which a key is found.';
comment on column platform.api_keys.operations is 'The only operations that the key may call; null: all that its role may.';
comment on column platform.api_keys.service_ids is 'The services that the key may see; null: all.';
comment on column platform.api_keys.cities is 'The cities whose sites and people the key may see; null: all.';
comment on column platform.api_keys.team_ids is 'The departments whose people the key may see; null: all.';
comment on column platform.api_keys.rotated_from is 'The key whose successor this is.';
comment on column platform.api_keys.overlap_until is 'Until when the key works beside its successor; null: it has none.';

create table platform.sessions (
  session_hash bytea primary key,
  session_id text not null unique,
  key_id text references platform.api_keys (key_id),
  user_id text references platform.users (user_id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_seen_at timestamptz not null,
  address text,
  user_agent text,
  check (num_nonnulls(key_id, user_id) = 1)
);
create index sessions_user on platform.sessions (user_id);
comment on table platform.sessions is 'Sessions of the web page; the cookie holds a random secret, the table its keyed hash.';
comment on column platform.sessions.session_id is 'The name by which a session is listed and revoked; it opens nothing.';

create table platform.sql_logins (
  login text primary key,
  service_ids int[] check (array_position(service_ids, null) is null),
  team_ids int[] check (array_position(team_ids, null) is null),
  cities text[] check (array_position(cities, null) is null),
  created_by text,
  created_at timestamptz
);
comment on table platform.sql_logins is 'What a SQL login may see; a login that is not here sees nothing. Our own server and owner are not asked.';
comment on column platform.sql_logins.service_ids is 'Null: all services.';
comment on column platform.sql_logins.team_ids is 'Null: all departments.';
comment on column platform.sql_logins.cities is 'Null: all cities.';
comment on column platform.sql_logins.created_by is 'Who made the login with admin.create_sql_login; null for our own and for those that a database administrator made.';

insert into platform.sql_logins (login) values ('qh_api'), ('qh_read');
