-- quality: runs of the rules about data, what was said of quarantined rows, samples of the database's figures.

create table quality.data_runs (
  run_id uuid primary key,
  run_at timestamptz not null,
  trigger text not null check (trigger in ('schedule', 'demand')),
  requested_by text not null,
  service_ids int[],
  start_time timestamptz not null,
  end_time timestamptz not null,
  check_types text[] not null,
  overall_score numeric,
  duration_ms double precision not null
);
create index data_runs_run_at on quality.data_runs (run_at);
comment on table quality.data_runs is 'Runs of the rules about data; kept for 400 days.';
comment on column quality.data_runs.service_ids is 'The services that the run could see, in order; null: all. Only who sees the same services sees the run.';
comment on column quality.data_runs.overall_score is 'Mean of the scores of its tables, 0 to 100.';

create table quality.data_results (
  run_id uuid not null references quality.data_runs (run_id) on delete cascade,
  table_name text not null,
  quality_score numeric,
  row_count bigint,
  issue_count int not null,
  result jsonb not null,
  primary key (run_id, table_name)
);
comment on table quality.data_results is 'What a run found in each table: score, findings with examples and SQL, advice.';
comment on column quality.data_results.quality_score is '100 less the penalties of the broken rules, not below 0; null when no rule could be measured.';

create table quality.settlements (
  error_id bigint primary key,
  outcome text not null check (outcome in ('repaired', 'accepted')),
  note text check (length(note) between 1 and 500),
  settled_by text not null,
  settled_at timestamptz not null
);
comment on table quality.settlements is 'What people said became of rows that imports put aside.';
comment on column quality.settlements.error_id is 'The finding (ingest); it may be gone with its batch.';

create table quality.metric_samples (
  sampled_at timestamptz not null,
  entity_type text not null,
  metric_name text not null,
  value double precision not null,
  primary key (sampled_at, entity_type, metric_name)
);
comment on table quality.metric_samples is 'Figures of the database every minute, for eight days.';

create table quality.statement_samples (
  sampled_at timestamptz not null,
  statement_id text not null,
  statement text not null,
  calls bigint not null,
  total_ms double precision not null,
  square_ms double precision not null,
  rows bigint not null,
  blocks_hit bigint not null,
  blocks_read bigint not null,
  primary key (sampled_at, statement_id)
);
comment on table quality.statement_samples is 'Counters of the busiest statements every ten minutes, for eight days; what happened between two samples is their difference.';
comment on column quality.statement_samples.square_ms is 'Sum of the squared times, from which the deviation of a difference follows.';
-- quality: thresholds, snapshots of the counters of PostgreSQL, results of validations, digests.

create table quality.thresholds (
  rule text not null check (rule <> ''),
  changed_at timestamptz not null,
  warning numeric,
  critical numeric,
  reason text,
  changed_by text not null,
  primary key (rule, changed_at),
  constraint both_or_neither check ((warning is null) = (critical is null))
);
comment on table quality.thresholds is 'Thresholds of rules as somebody set them; the newest row of a rule is in force, one without numbers means the default. Nothing is deleted: it is the history too.';
comment on column quality.thresholds.reason is 'Why it was changed.';

create table quality.snapshots (
  taken_at timestamptz primary key,
  stats_reset timestamptz,
  database_bytes bigint not null,
  disk_free_bytes bigint,
  disk_total_bytes bigint,
  connections int not null,
  max_connections int not null,
  blocks_hit bigint not null,
  blocks_read bigint not null,
  commits bigint not null,
  rollbacks bigint not null,
  deadlocks bigint not null,
  temp_bytes bigint not null,
  tables jsonb not null,
  indexes jsonb not null,
  statements jsonb
);
comment on table quality.snapshots is 'The counters of PostgreSQL at a moment, so that what happened between two moments can be told; hourly for 14 days, then one a day for 400.';
comment on column quality.snapshots.stats_reset is 'When the counters last began at zero; snapshots before and after it are never compared.';
comment on column quality.snapshots.disk_free_bytes is 'Free bytes of the disk of the database; null where it is on another machine.';
comment on column quality.snapshots.tables is 'Per table, partitions under their parent: {name, bytes, index_bytes, live_rows, dead_rows, seq_scans, seq_rows, index_scans, writes}.';
comment on column quality.snapshots.indexes is 'Per index, partitions under their parent: {name, table, scans, bytes}.';
comment on column quality.snapshots.statements is 'The statements that took most time, from pg_stat_statements: {id, text, calls, total_ms, rows}; null where it is not there.';

create table quality.validation_runs (
  run_at timestamptz not null,
  test_name text not null,
  value numeric,
  target numeric not null,
  unit text not null,
  higher_is_better boolean not null,
  severity text not null check (severity in ('ok', 'warning', 'critical', 'skipped')),
  evidence text,
  primary key (test_name, run_at)
);
comment on table quality.validation_runs is 'What the nightly validation measured, by test: the figures of the SLA over time. Kept for 400 days.';
comment on column quality.validation_runs.value is 'What was measured: of queries the 95th percentile in ms.';

create table quality.rule_states (
  rule text primary key,
  severity text not null check (severity in ('ok', 'warning', 'critical', 'skipped')),
  value numeric,
  evidence text not null,
  since timestamptz not null,
  checked_at timestamptz not null
);
comment on table quality.rule_states is 'How each rule stood when the job last looked, and since when; a change is announced.';

create table quality.rule_changes (
  rule text not null,
  changed_at timestamptz not null,
  former text,
  severity text not null,
  value numeric,
  evidence text not null,
  primary key (rule, changed_at)
);
comment on table quality.rule_changes is 'When a rule broke and when it recovered. Kept for 400 days.';

create table quality.digests (
  period_start timestamptz primary key,
  period_end timestamptz not null,
  made_at timestamptz not null,
  content jsonb not null
);
comment on table quality.digests is 'The week in short: errors, slow queries, trends.';
comment on column quality.digests.content is '{errors, slow_statements, trends, broken_rules}.';
