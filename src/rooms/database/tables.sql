-- database: files that were asked for, and how foreign files are read.

create table database.exports (
  export_id uuid primary key,
  configuration jsonb not null check (jsonb_typeof(configuration) = 'object'),
  format text not null check (format in ('csv', 'jsonl', 'xlsx')),
  principal_id text not null,
  caller jsonb not null check (jsonb_typeof(caller) = 'object'),
  created_by text not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'expired')),
  detail text,
  rows_estimate bigint check (rows_estimate >= 0),
  rows_written bigint not null default 0 check (rows_written >= 0),
  file_bytes bigint check (file_bytes >= 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  updated_at timestamptz not null,
  check ((status = 'completed') <= (sha256 is not null and file_bytes is not null and expires_at is not null))
);
create index exports_created_at on database.exports (created_at desc, export_id);
create index exports_expires_at on database.exports (expires_at) where status = 'completed';
comment on table database.exports is 'Files that were asked for: what they hold, for whom, and how far they are.';
comment on column database.exports.configuration is 'What was asked for: table_name or operation with its input, columns, filter, order, format.';
comment on column database.exports.principal_id is 'Who asked; nobody else may fetch the file.';
comment on column database.exports.caller is 'The settings of the session under which the rows are read: what the caller may see.';
comment on column database.exports.rows_estimate is 'How many rows the planner expects; null when it cannot know.';
comment on column database.exports.sha256 is 'Of the file, hexadecimal.';
comment on column database.exports.expires_at is 'When the file is deleted.';

create table database.column_mappings (
  mapping text primary key check (mapping ~ '^[a-z0-9_]{1,60}$'),
  kind text not null check (kind <> ''),
  columns jsonb not null check (jsonb_typeof(columns) = 'object'),
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table database.column_mappings is 'Which column of a foreign file is which column of a kind of import, by name.';
comment on column database.column_mappings.kind is 'Kind of import that the columns belong to.';
comment on column database.column_mappings.columns is 'Object: header of the file to canonical column name; null leaves a column out.';
