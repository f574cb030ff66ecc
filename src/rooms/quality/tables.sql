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
