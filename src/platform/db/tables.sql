-- platform: what the database itself needs to know. The schema's own bookkeeping is written by apply alone.

create table platform.schema_migrations (
  name text primary key,
  hash text not null,
  applied_at timestamptz not null
);
comment on table platform.schema_migrations is 'Table files and migrations that this database has had, each once.';
comment on column platform.schema_migrations.hash is 'SHA-256 of the file at the time.';

create table platform.schema_objects (
  kind text not null check (kind in ('function', 'view', 'materialized view')),
  identity text not null,
  hash text not null,
  primary key (kind, identity)
);
comment on table platform.schema_objects is 'Functions and views that apply made; what is not listed here is somebody else''s and is never dropped.';
comment on column platform.schema_objects.hash is 'SHA-256 of the file that made it.';

create table platform.settings (
  name text primary key check (name <> ''),
  value jsonb not null,
  updated_at timestamptz not null
);
comment on table platform.settings is 'Settings of the installation, by name; schema_hash is the state of the SQL sources that this database has.';
