import pg from 'pg';

/** Services with 13 months of quarters and their folded rollups, written by PostgreSQL itself; one source each. Answers how many facts. */
export async function fillStore(url: string, services: number): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `set statement_timeout = 0; set lock_timeout = 0; set time zone 'UTC'; set work_mem = '256MB'; set max_parallel_workers_per_gather = 2`,
    );
    await client.query(`
      insert into org.services (service_code, service_name, time_zone, created_at, updated_at)
      select 'BENCH_' || n, 'Bench ' || n, 'Europe/Moscow', now(), now() from generate_series(1, ${services}) n;
      insert into org.sources (service_id, kind, external_name, created_at) select service_id, 'report', '', now() from org.services;
      select statistics.ensure_partitions(array(select generate_series('2023-12-01'::timestamp, '2025-02-01', '1 month')::date));
      insert into statistics.contact_statistics (service_id, source_id, interval_start_time, interval_minutes, offered, handled, answered_in_threshold,
        abandoned, abandoned_in_5s, failed, talk_seconds, outbound_talk_seconds, hold_seconds, wrap_seconds, wait_handled_seconds, wait_abandoned_seconds,
        max_wait_handled_seconds, max_wait_abandoned_seconds, batch_id, created_at, updated_at)
      select s.service_id, s.source_id, t.at, 15, o.offered, o.offered - o.offered / 10, o.offered - o.offered / 5, o.offered / 10, o.offered / 20, 0,
        o.offered * 180, o.offered * 3, o.offered * 10, o.offered * 30, o.offered * 12, o.offered * 4, 60, 90, gen_random_uuid(), now(), now()
      from org.sources s
      cross join generate_series('2023-12-31T21:00Z'::timestamptz, '2025-01-31T20:45Z', interval '15 minutes') as t (at)
      cross join lateral (select 5 + (hashint4(s.source_id * 7919 + extract(epoch from t.at)::int / 900) & 63) as offered) o`);
    await client.query('vacuum analyze statistics.contact_statistics');
    await client.query('insert into statistics.rollups ' + folded('h.bucket', 60, hours));
    await client.query(
      'insert into statistics.rollups ' +
        folded(`date_trunc('day', h.bucket, 'Europe/Moscow')`, 1440, `(select * from statistics.rollups where grain = 60)`),
    );
    await client.query(
      'insert into statistics.rollups ' +
        folded(`date_trunc('month', h.bucket, 'Europe/Moscow')`, 43200, `(select * from statistics.rollups where grain = 1440)`),
    );
    await client.query('vacuum analyze');
    const { rows } = await client.query<{ count: string }>('select count(*) from statistics.contact_statistics');
    return Number(rows[0]!.count);
  } finally {
    await client.end();
  }
}

const sums = [
  'offered',
  'unique_offered',
  'handled',
  'answered_in_threshold',
  'abandoned',
  'abandoned_in_5s',
  'abandoned_in_threshold',
  'failed',
  'talk_seconds',
  'outbound_talk_seconds',
  'hold_seconds',
  'wrap_seconds',
  'wait_handled_seconds',
  'wait_abandoned_seconds',
  'ready_seconds',
];

const hours = `(
  select f.service_id, 0 as group_id, date_bin('1 hour', f.interval_start_time, '2000-01-01 00:00+00') as bucket, statistics.known_columns(f) as known, 1 as interval_count,
    f.interval_minutes as granularity_minutes, ${sums.map((name) => `f.${name}::bigint`).join(', ')}, f.max_wait_handled_seconds, f.max_wait_abandoned_seconds
  from statistics.contact_statistics f)`;

/** What the job of folding gives, in one statement for a store that is new. */
const folded = (bucket: string, grain: number, from: string): string => `
  select h.service_id, h.group_id, ${grain}, ${bucket}, h.known, sum(h.interval_count)::int, max(h.granularity_minutes),
    ${sums.map((name) => `statistics.total(h.${name})`).join(', ')}, max(h.max_wait_handled_seconds), max(h.max_wait_abandoned_seconds)
  from ${from} h
  group by h.service_id, h.group_id, ${bucket}, h.known`;
