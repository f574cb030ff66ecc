-- statistics: facts by quarter, half or whole hour, and the rollups that are folded from them.
-- Facts have no triggers and no foreign keys: writers call load_interval_rows, which checks, journals and logs as sets.

-- sum(bigint) answers numeric; this stays bigint, needs no conversion and fails on overflow instead of wrapping.
create aggregate statistics.total (bigint) (
  sfunc = int8pl,
  stype = bigint,
  combinefunc = int8pl,
  parallel = safe
);
comment on aggregate statistics.total (bigint) is 'Sum of whole numbers as bigint; null when nothing is known.';

create type statistics.interval_row as (
  row_number int,
  service_id int,
  source_id int,
  interval_start_time timestamptz,
  interval_minutes smallint,
  offered int,
  unique_offered int,
  handled int,
  answered_in_threshold int,
  abandoned int,
  abandoned_in_5s int,
  abandoned_in_threshold int,
  failed int,
  talk_seconds bigint,
  outbound_talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  wait_handled_seconds bigint,
  wait_abandoned_seconds bigint,
  ready_seconds bigint,
  max_wait_handled_seconds int,
  max_wait_abandoned_seconds int,
  reported_handled_pct numeric,
  reported_handled_less_short_abandons_pct numeric,
  reported_service_level_pct numeric,
  reported_service_level_of_handled_pct numeric,
  reported_abandonment_pct numeric,
  reported_handle_seconds bigint,
  reported_handle_and_wrap_seconds bigint,
  reported_aht_seconds numeric,
  reported_aht_with_wrap_seconds numeric,
  reported_wait_handled_avg_seconds numeric,
  reported_wait_abandoned_avg_seconds numeric,
  reported_talk_avg_seconds numeric,
  reported_wrap_avg_seconds numeric
);
comment on type statistics.interval_row is 'A row on its way in: the columns of pg_temp.interval_rows, which load_interval_rows reads.';

create table statistics.contact_statistics (
  service_id int not null,
  source_id int not null,
  interval_start_time timestamptz not null,
  interval_minutes smallint not null,
  offered int,
  unique_offered int,
  handled int,
  answered_in_threshold int,
  abandoned int,
  abandoned_in_5s int,
  abandoned_in_threshold int,
  failed int,
  talk_seconds bigint,
  outbound_talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  wait_handled_seconds bigint,
  wait_abandoned_seconds bigint,
  ready_seconds bigint,
  max_wait_handled_seconds int,
  max_wait_abandoned_seconds int,
  reported_handled_pct numeric,
  reported_handled_less_short_abandons_pct numeric,
  reported_service_level_pct numeric,
  reported_service_level_of_handled_pct numeric,
  reported_abandonment_pct numeric,
  reported_handle_seconds bigint,
  reported_handle_and_wrap_seconds bigint,
  reported_aht_seconds numeric,
  reported_aht_with_wrap_seconds numeric,
  reported_wait_handled_avg_seconds numeric,
  reported_wait_abandoned_avg_seconds numeric,
  reported_talk_avg_seconds numeric,
  reported_wrap_avg_seconds numeric,
  batch_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- In this order 13 months of one source are neighbours; a service's day is found by probing each of its sources.
  primary key (service_id, source_id, interval_start_time),
  -- Local hours start at :15, :30 or :45 UTC in some zones, so the grid that holds everywhere is the quarter.
  constraint interval_on_grid check (date_bin('15 minutes', interval_start_time, '2000-01-01 00:00:00+00') = interval_start_time),
  constraint interval_length check (interval_minutes in (15, 30, 60)),
  constraint counts_not_negative check (
    least(offered, unique_offered, handled, answered_in_threshold, abandoned, abandoned_in_5s, abandoned_in_threshold, failed,
      max_wait_handled_seconds, max_wait_abandoned_seconds) >= 0
  ),
  constraint seconds_not_negative check (
    least(talk_seconds, outbound_talk_seconds, hold_seconds, wrap_seconds, wait_handled_seconds, wait_abandoned_seconds, ready_seconds) >= 0
  ),
  constraint unique_within_offered check (unique_offered <= offered),
  constraint handled_within_offered check (handled <= offered),
  constraint answered_within_handled check (answered_in_threshold <= handled),
  constraint short_abandons_within_abandoned check (abandoned_in_5s <= abandoned),
  constraint threshold_abandons_within_abandoned check (abandoned_in_threshold <= abandoned)
) partition by range (interval_start_time);
comment on table statistics.contact_statistics is 'What each source said about each interval: additive counts and seconds, partitioned by month (UTC). Null = the source does not say.';
comment on column statistics.contact_statistics.service_id is 'The service (org.services).';
comment on column statistics.contact_statistics.source_id is 'The source that said it (org.sources).';
comment on column statistics.contact_statistics.interval_start_time is 'First instant of the interval.';
comment on column statistics.contact_statistics.interval_minutes is 'Length of the interval in minutes: 15, 30 or 60, as the source gave it.';
comment on column statistics.contact_statistics.offered is 'Contacts offered, every one counted (non-unique).';
comment on column statistics.contact_statistics.unique_offered is 'Contacts offered, the first of a customer in a day only.';
comment on column statistics.contact_statistics.handled is 'Contacts that an operator handled.';
comment on column statistics.contact_statistics.answered_in_threshold is 'Handled contacts answered within the service level threshold.';
comment on column statistics.contact_statistics.abandoned is 'Contacts that hung up before they were answered.';
comment on column statistics.contact_statistics.abandoned_in_5s is 'Contacts that hung up within 5 seconds.';
comment on column statistics.contact_statistics.abandoned_in_threshold is 'Contacts that hung up within the service level threshold.';
comment on column statistics.contact_statistics.failed is 'Contacts that failed for technical reasons.';
comment on column statistics.contact_statistics.talk_seconds is 'Talk time, sum in seconds.';
comment on column statistics.contact_statistics.outbound_talk_seconds is 'Talk time of outbound calls made while handling, sum in seconds.';
comment on column statistics.contact_statistics.hold_seconds is 'Hold time, sum in seconds.';
comment on column statistics.contact_statistics.wrap_seconds is 'After-call work, sum in seconds.';
comment on column statistics.contact_statistics.wait_handled_seconds is 'Wait of handled contacts, sum in seconds.';
comment on column statistics.contact_statistics.wait_abandoned_seconds is 'Wait of abandoned contacts, sum in seconds.';
comment on column statistics.contact_statistics.ready_seconds is 'Time in which operators were ready and idle, sum in seconds.';
comment on column statistics.contact_statistics.max_wait_handled_seconds is 'Longest wait of a handled contact in seconds.';
comment on column statistics.contact_statistics.max_wait_abandoned_seconds is 'Longest wait of an abandoned contact in seconds.';
comment on column statistics.contact_statistics.reported_handled_pct is 'Share of handled contacts as the file printed it, in per cent (SHC).';
comment on column statistics.contact_statistics.reported_handled_less_short_abandons_pct is 'The same without short abandons as the file printed it, in per cent (SHC (-AC5)).';
comment on column statistics.contact_statistics.reported_service_level_pct is 'Service level as the file printed it, in per cent (SL).';
comment on column statistics.contact_statistics.reported_service_level_of_handled_pct is 'Service level of handled contacts as the file printed it, in per cent (SL on HC).';
comment on column statistics.contact_statistics.reported_abandonment_pct is 'Share of abandoned contacts as the file printed it, in per cent (LCR).';
comment on column statistics.contact_statistics.reported_handle_seconds is 'Handle time without after-call work as the file printed it, sum in seconds (THT).';
comment on column statistics.contact_statistics.reported_handle_and_wrap_seconds is 'Handle time with after-call work as the file printed it, sum in seconds (THT (+ACW)).';
comment on column statistics.contact_statistics.reported_aht_seconds is 'Average handle time without after-call work as the file printed it, in seconds (AHT).';
comment on column statistics.contact_statistics.reported_aht_with_wrap_seconds is 'Average handle time with after-call work as the file printed it, in seconds (AHT (+ACW)).';
comment on column statistics.contact_statistics.reported_wait_handled_avg_seconds is 'Average wait of handled contacts as the file printed it, in seconds (AWT (HC)).';
comment on column statistics.contact_statistics.reported_wait_abandoned_avg_seconds is 'Average wait of abandoned contacts as the file printed it, in seconds (AWT (AC)).';
comment on column statistics.contact_statistics.reported_talk_avg_seconds is 'Average talk time as the load file printed it, in seconds (column D).';
comment on column statistics.contact_statistics.reported_wrap_avg_seconds is 'Average post-processing as the load file printed it, in seconds (column E).';
comment on column statistics.contact_statistics.batch_id is 'The batch that wrote this version.';
comment on column statistics.contact_statistics.created_at is 'When the key was first written.';
comment on column statistics.contact_statistics.updated_at is 'When this version was written.';

create table statistics.contact_statistics_default partition of statistics.contact_statistics default;
comment on table statistics.contact_statistics_default is 'Rows of months that have no partition yet; anything in here is an alarm.';

-- Time-range reads over all services: one day of 1.2 M rows in 10 ms, for 24 kB a month beside the key's 3.7 MB (a B-tree would be as big again).
create index contact_statistics_start_brin on statistics.contact_statistics using brin (interval_start_time) with (pages_per_range = 32);

create table statistics.rollups (
  service_id int not null,
  group_id int not null,
  grain int not null check (grain in (0, 60, 1440, 43200)),
  bucket timestamptz not null,
  known int not null,
  interval_count int not null check (interval_count > 0),
  granularity_minutes smallint not null check (granularity_minutes in (15, 30, 60)),
  offered bigint,
  unique_offered bigint,
  handled bigint,
  answered_in_threshold bigint,
  abandoned bigint,
  abandoned_in_5s bigint,
  abandoned_in_threshold bigint,
  failed bigint,
  talk_seconds bigint,
  outbound_talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  wait_handled_seconds bigint,
  wait_abandoned_seconds bigint,
  ready_seconds bigint,
  max_wait_handled_seconds int,
  max_wait_abandoned_seconds int,
  -- The only index: every question names its services and queues. (grain, bucket) include (…) made a scan of all days of all services
  -- 10 → 1.6 ms, but no question scans so: 32 services by month took 10.6 ms with it and 11.0 ms without.
  primary key (service_id, group_id, grain, bucket, known)
);
comment on table statistics.rollups is 'Sums of the rows that count, per service or queue and hour, day or month. Stale where touched_log says so: read figures() or current_rollups.';
comment on column statistics.rollups.service_id is 'The service (org.services).';
comment on column statistics.rollups.group_id is 'The queue; 0 = the service itself, -1 = sources not mapped to a queue.';
comment on column statistics.rollups.grain is 'Minutes: 60 hour (UTC), 1440 day and 43200 month (service''s zone); 0 = native intervals, kept for services with more than one source.';
comment on column statistics.rollups.bucket is 'First instant of the bucket.';
comment on column statistics.rollups.known is 'Bit mask of the columns that the summed rows know, so that null means unknown for all of them.';
comment on column statistics.rollups.interval_count is 'How many fact rows are summed.';
comment on column statistics.rollups.granularity_minutes is 'The longest interval among them, in minutes.';

create table statistics.touched_log (
  service_id int not null,
  group_id int not null,
  bucket timestamptz not null,
  hour_count smallint not null default 1 check (hour_count > 0)
);
comment on table statistics.touched_log is 'Hours whose rollups may be stale, appended by every writer in its own transaction. No unique key: one with "on conflict do nothing" loses invalidations between concurrent transactions.';
comment on column statistics.touched_log.service_id is 'The service (org.services).';
comment on column statistics.touched_log.group_id is 'The queue; 0 = the service itself, -1 = sources not mapped to a queue.';
comment on column statistics.touched_log.bucket is 'First touched hour (UTC).';
comment on column statistics.touched_log.hour_count is 'How many hours from there on.';

create sequence statistics.load_number;
create table statistics.loads (
  batch_id uuid not null,
  service_id int not null,
  source_id int not null,
  load_number bigint not null,
  first_start_time timestamptz not null,
  last_start_time timestamptz not null,
  confirmed_spans tstzmultirange not null default '{}',
  replaced_spans tstzmultirange not null default '{}',
  loaded_at timestamptz not null,
  primary key (service_id, source_id, batch_id)
);
create index loads_batch on statistics.loads (batch_id);
comment on table statistics.loads is 'What each batch asserted about each source besides the rows that it wrote: needed to undo it exactly.';
comment on column statistics.loads.batch_id is 'The batch.';
comment on column statistics.loads.service_id is 'The service (org.services).';
comment on column statistics.loads.source_id is 'The source (org.sources).';
comment on column statistics.loads.load_number is 'Order of the loads; writers of one service wait for each other, so it is the order of their effects.';
comment on column statistics.loads.first_start_time is 'Start of the earliest interval that the batch wrote or confirmed.';
comment on column statistics.loads.last_start_time is 'Start of the latest one.';
comment on column statistics.loads.confirmed_spans is 'The quarters at whose start the batch brought exactly the row that was there.';
comment on column statistics.loads.replaced_spans is 'The quarters that the batch replaced whole: what it brings no row for is not there.';
comment on column statistics.loads.loaded_at is 'When.';

create table statistics.overwritten_rows (like statistics.contact_statistics);
alter table statistics.overwritten_rows add primary key (service_id, source_id, interval_start_time, batch_id);
create index overwritten_rows_batch on statistics.overwritten_rows (batch_id);
comment on table statistics.overwritten_rows is 'Earlier versions of facts, each under the batch that wrote it; undoing what overwrote a version brings it back.';

create table statistics.final_batches (batch_id uuid, service_id int, primary key (batch_id, service_id));
comment on table statistics.final_batches is 'Batches that cannot be undone: a merge of services kept their figures instead of, or added them to, those of another.';

create table statistics.off_hour_services (service_id int primary key);
comment on table statistics.off_hour_services is 'Services with rows that reach from one UTC hour into the next (zones not whole hours from UTC): their neighbouring hours are touched too.';
comment on column statistics.off_hour_services.service_id is 'The service (org.services).';

create type statistics.posted_call as (
  row_number int,
  service_id int,
  group_id int,
  group_code text,
  interval_start_time timestamptz,
  interval_minutes smallint,
  offered int,
  unique_offered int,
  handled int,
  answered_in_threshold int,
  abandoned int,
  aht_ms numeric,
  talk_ms numeric,
  wrap_ms numeric,
  error text,
  error_code text
);
comment on type statistics.posted_call is 'A posted row of an interval, typed; averages in milliseconds per call; error says why it is not taken.';

create table statistics.posted_batches (
  batch_id uuid primary key,
  source text not null,
  posted_at timestamptz not null,
  rows_total int not null,
  rows_inserted int not null,
  rows_updated int not null,
  rows_unchanged int not null,
  rows_rejected int not null,
  undone_at timestamptz,
  service_ids int[] not null
);
create index posted_batches_posted_at on statistics.posted_batches (posted_at desc, batch_id desc);
comment on table statistics.posted_batches is 'One row per call that posted figures as JSON: who, when, and what became of the rows.';
comment on column statistics.posted_batches.source is 'What the caller said it is.';
comment on column statistics.posted_batches.rows_total is 'Rows posted; the sum of the four counts beside it.';
comment on column statistics.posted_batches.rows_rejected is 'Rows that were not taken; the answer of the call said why.';
comment on column statistics.posted_batches.undone_at is 'When the batch was taken back; null while it stands.';
comment on column statistics.posted_batches.service_ids is 'The services that the rows name: who may see the batch.';

-- What each agent did in each quarter: facts of people beside those of services.

create type statistics.agent_row as (
  row_number int, agent_id int, service_id int, group_id int, interval_start_time timestamptz, login_seconds int,
  ready_seconds int, not_ready_seconds int, talk_seconds int, hold_seconds int, wrap_seconds int, handled int,
  transferred int
);
comment on type statistics.agent_row is 'A row of agent activity on its way in: the columns of pg_temp.agent_rows, which load_agent_rows reads.';

create table statistics.agent_activity (
  agent_id int not null,
  service_id int not null,
  group_id int not null,
  interval_start_time timestamptz not null,
  login_seconds int not null,
  ready_seconds int not null,
  not_ready_seconds int not null,
  talk_seconds int not null,
  hold_seconds int not null,
  wrap_seconds int not null,
  handled int not null,
  transferred int not null,
  batch_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (agent_id, interval_start_time, service_id, group_id),
  constraint quarter_on_grid check (date_bin('15 minutes', interval_start_time, '2000-01-01 00:00:00+00') = interval_start_time),
  constraint figures_not_negative check (
    least(login_seconds, ready_seconds, not_ready_seconds, talk_seconds, hold_seconds, wrap_seconds, handled, transferred) >= 0
  ),
  constraint login_within_quarter check (login_seconds <= 900),
  constraint states_within_login check (ready_seconds + not_ready_seconds + talk_seconds + hold_seconds + wrap_seconds <= login_seconds)
) partition by range (interval_start_time);
comment on table statistics.agent_activity is 'How each agent spent each quarter hour, by service and queue; the rows of a quarter add up to at most its 900 seconds. Partitioned by month (UTC).';
comment on column statistics.agent_activity.agent_id is 'The agent (org.agents); the distribution key.';
comment on column statistics.agent_activity.service_id is 'The service for which the time was spent; 0 = for none in particular.';
comment on column statistics.agent_activity.group_id is 'The queue; 0 = the service itself.';
comment on column statistics.agent_activity.interval_start_time is 'First instant of the quarter hour.';
comment on column statistics.agent_activity.login_seconds is 'Time signed in, in seconds; it holds all the others, and what none of them says.';
comment on column statistics.agent_activity.ready_seconds is 'Time ready and idle, in seconds.';
comment on column statistics.agent_activity.not_ready_seconds is 'Time signed in and not available (breaks, training), in seconds.';
comment on column statistics.agent_activity.talk_seconds is 'Talk time, in seconds.';
comment on column statistics.agent_activity.hold_seconds is 'Hold time, in seconds.';
comment on column statistics.agent_activity.wrap_seconds is 'After-call work, in seconds.';
comment on column statistics.agent_activity.handled is 'Contacts that the agent handled.';
comment on column statistics.agent_activity.transferred is 'Contacts that the agent passed on.';

create table statistics.agent_activity_default partition of statistics.agent_activity default;
comment on table statistics.agent_activity_default is 'Rows of months that have no partition yet; anything in here is an alarm.';

create table statistics.agents_seen (
  agent_id int primary key references org.agents (agent_id),
  last_start_time timestamptz not null
);
comment on table statistics.agents_seen is 'Agents who have activity, or had: kept so that no such agent is deleted, and so that the last quarter is found at once.';

create table statistics.agent_rollups (
  agent_id int not null, service_id int not null, group_id int not null,
  grain int not null check (grain in (60, 1440, 43200)), bucket timestamptz not null,
  interval_count int not null check (interval_count > 0), login_seconds bigint not null, ready_seconds bigint not null,
  not_ready_seconds bigint not null, talk_seconds bigint not null, hold_seconds bigint not null,
  wrap_seconds bigint not null, handled bigint not null, transferred bigint not null,
  primary key (agent_id, grain, bucket, service_id, group_id)
);
comment on table statistics.agent_rollups is 'Sums of agent activity by hour (UTC), day and month (the service''s zone; UTC where there is no service). Stale where agent_touched_log says so: read agent_figures().';

create table statistics.agent_touched_log (
  agent_id int not null, service_id int not null, bucket timestamptz not null,
  hour_count smallint not null check (hour_count > 0)
);
comment on table statistics.agent_touched_log is 'Hours of agents whose rollups may be stale, appended by every writer in its own transaction; like touched_log.';

create table statistics.agent_loads (
  batch_id uuid primary key, load_number bigint not null, agent_ids int[] not null, new_agent_ids int[] not null,
  first_start_time timestamptz not null, last_start_time timestamptz not null, loaded_at timestamptz not null
);
comment on table statistics.agent_loads is 'What each batch of agent activity reached: needed to undo it exactly.';
comment on column statistics.agent_loads.load_number is 'Order of the loads; writers of one agent wait for each other, so it is the order of their effects.';
comment on column statistics.agent_loads.new_agent_ids is 'Agents that the batch made; an undo takes those away of whom nothing else is known.';

create table statistics.agent_versions (like statistics.agent_activity);
alter table statistics.agent_versions add primary key (agent_id, interval_start_time, service_id, group_id, batch_id);
create index agent_versions_batch on statistics.agent_versions (batch_id);
comment on table statistics.agent_versions is 'What other batches said of a quarter: versions that were overwritten, and those that confirmed what was there. Undoing the batch on top brings the latest of them back.';

-- What changed, for those who follow: ids of rows, in an order in which nothing that commits late is passed over.

create table statistics.change_log (
  xid xid8 not null default pg_current_xact_id(), change_number bigint generated always as identity,
  changed_at timestamptz not null,
  table_name text not null check (table_name in ('contact_statistics', 'agent_activity')), service_id int, source_id int,
  first_time timestamptz, last_time timestamptz, written_since timestamptz, agent_ids int[], key_times timestamptz[],
  key_services int[], key_groups int[], primary key (xid, change_number)
);
comment on table statistics.change_log is 'Which rows each transaction may have written or deleted: a stretch of a source or of agents, or rows by their keys.';
comment on column statistics.change_log.xid is 'The transaction. All below the oldest one still running have ended, so none can appear there any more.';
comment on column statistics.change_log.written_since is 'Of a stretch only rows that were written then or later; null = all.';
comment on column statistics.change_log.key_times is 'Start of each row, when rows are named by their keys; whichever is not there any more was deleted.';

create table statistics.change_origin (
  is_only boolean primary key default true check (is_only),
  origin text not null default left(gen_random_uuid()::text, 8),
  forgotten_xid xid8
);
insert into statistics.change_origin default values;
comment on table statistics.change_origin is 'Marks the cursors of this log: another database, or this one restored from a backup, counts its transactions anew.';
comment on column statistics.change_origin.forgotten_xid is 'The latest transaction whose entries were forgotten for their age.';
create table statistics.retention_policies (
  announced_at timestamptz primary key, keep_months int check (keep_months between 13 and 1200), effective_on date not null, reason text, announced_by text not null
);
comment on table statistics.retention_policies is 'For how many whole months detail is kept, as announced; the newest is the policy. Nothing is deleted: it is the history too.';
comment on column statistics.retention_policies.keep_months is 'Whole months of detail that stay, besides the present one; null: for good.';
comment on column statistics.retention_policies.effective_on is 'The first day (UTC) on which months may be dropped by it.';

create table statistics.dropped_months (
  month date, table_name text check (table_name in ('contact_statistics', 'agent_activity')), dropped_at timestamptz not null,
  row_count bigint not null, bytes bigint not null, primary key (month, table_name)
);
comment on table statistics.dropped_months is 'Months (UTC) whose detail was let go of, of services and of agents; their hours, days and months stay in the rollups and change no more.';
comment on column statistics.dropped_months.bytes is 'What their partition took on disk.';
