import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { rooms } from '../src/app/rooms.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { applySchema } from '../src/platform/db/apply.ts';
import { openDatabaseServer } from '../src/platform/db/connect.ts';
import { openPool } from '../src/platform/db/pool.ts';
import { ensureRoles, ownerUrl, serverUrl } from '../src/platform/db/roles.ts';
import { createLog } from '../src/platform/log/log.ts';
const secretKey = 'x';
const folder = mkdtempSync(path.join(tmpdir(), 'qh-ab-'));
const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
const server = await openDatabaseServer(config, 'command', createLog({ level: 'silent', readable: false }));
try {
  await ensureRoles(server.url, secretKey);
  await applySchema({ ownerUrl: ownerUrl(server.url, secretKey), rooms: rooms.map(({ name }) => name) });
  const o = new pg.Client({ connectionString: ownerUrl(server.url, secretKey) }); await o.connect();
  await o.query(`set time zone 'UTC'; set statement_timeout=0`);
  await o.query(`
    create schema bench_store;
    insert into org.services (service_code, service_name, time_zone, created_at, updated_at)
    select 'BENCH_' || n, 'Bench ' || n, (array['Europe/Moscow', 'Asia/Yekaterinburg', 'Europe/Berlin'])[n % 3 + 1], now(), now() from generate_series(1, 8) n;
    insert into org.sources (service_id, kind, external_name, created_at) select service_id, 'report', '', now() from org.services;
    select statistics.ensure_partitions(array(select generate_series('2024-01-01'::timestamp, '2025-02-01', '1 month')::date));
    create table bench_store.made_rows as
    select row_number() over ()::int as row_number, s.service_id, s.source_id, t.at as interval_start_time, 15::smallint as interval_minutes,
      o.offered, null::int as unique_offered, o.offered - o.offered / 10 as handled, o.offered - o.offered / 5 as answered_in_threshold, o.offered / 10 as abandoned,
      o.offered / 20 as abandoned_in_5s, null::int as abandoned_in_threshold, 0 as failed, o.offered * 180::bigint as talk_seconds, o.offered * 3::bigint as outbound_talk_seconds,
      o.offered * 10::bigint as hold_seconds, o.offered * 30::bigint as wrap_seconds, o.offered * 12::bigint as wait_handled_seconds, o.offered * 4::bigint as wait_abandoned_seconds,
      null::bigint as ready_seconds, 60 as max_wait_handled_seconds, 90 as max_wait_abandoned_seconds, 90.1 as reported_handled_pct, 91.2 as reported_handled_less_short_abandons_pct,
      80.3 as reported_service_level_pct, 85.4 as reported_service_level_of_handled_pct, 9.8 as reported_abandonment_pct, o.offered * 193::bigint as reported_handle_seconds,
      o.offered * 223::bigint as reported_handle_and_wrap_seconds, 214.0 as reported_aht_seconds, 247.0 as reported_aht_with_wrap_seconds, 13.3 as reported_wait_handled_avg_seconds,
      40.1 as reported_wait_abandoned_avg_seconds, null::numeric as reported_talk_avg_seconds, null::numeric as reported_wrap_avg_seconds
    from org.sources s
    cross join generate_series('2024-01-01T00:00Z'::timestamptz, '2025-01-31T00:00Z'::timestamptz - interval '15 minutes', interval '15 minutes') as t (at)
    cross join lateral (select 5 + (hashint4(s.source_id * 7919 + extract(epoch from t.at)::int / 900) & 63) as offered) o;
    grant usage on schema bench_store to qh_server; grant select on all tables in schema bench_store to qh_server; analyze`);
  const db = openPool({ url: serverUrl(server.url, secretKey), applicationName: 'ab', max: 1 });
  const narrow = db.as({ 'qh.services': '3' });
  const setRls = async (on: boolean) => {
    const { rows } = await o.query(`select c.oid::regclass::text t from pg_class c where c.relrowsecurity or exists (select from pg_policy p where p.polrelid=c.oid)`);
    for (const { t } of rows) await o.query(`alter table ${t} ${on ? 'enable' : 'disable'} row level security`);
  };
  const time = async (f: () => Promise<unknown>) => { const s = performance.now(); await f(); return performance.now() - s; };
  const load = async () => db.transaction(async (tx) => {
    await tx.query(`set local statement_timeout=0; set local work_mem='128MB'`);
    await tx.query('select statistics.make_interval_rows()');
    await tx.query('insert into pg_temp.interval_rows select * from bench_store.made_rows');
    await tx.query('analyze pg_temp.interval_rows');
    const ms = await time(() => tx.query('select * from statistics.load_interval_rows(gen_random_uuid())'));
    loads.push(ms);
    if (loads.length < 5) throw new Error('back');
  }).catch((e: Error) => { if (e.message !== 'back') throw e; });
  const loads: number[] = [];
  for (const on of [true, false, true, false, true]) { await setRls(on); await load(); console.log('load', on ? 'rls' : 'none', Math.round(loads.at(-1)!)); }
  console.log('refresh rls', Math.round(await time(() => db.query('select * from statistics.refresh()'))));
  await o.query('vacuum analyze statistics.rollups'); await o.query('vacuum analyze statistics.contact_statistics');
  const qs: Record<string, string> = {
    month: `select count(*) from (select bucket_start, service_id, service_level_pct from statistics.figures('2024-01-01T00:00+03', '2025-01-31T00:00+03', 43200)) x`,
    whole: `select * from statistics.figures('2024-01-01T00:00+03', '2025-01-31T00:00+03', null)`,
    day: `select count(*) from statistics.figures('2024-01-01T00:00+03', '2025-01-31T00:00+03', 1440)`,
    one_day_15: `select count(*) from statistics.figures('2024-05-01T00:00+03', '2024-05-02T00:00+03', 15, null, array[3])`,
    api: `select count(*) from api.intervals('BENCH_3', '2024-05-01', '2024-06-01', 60)`,
    view: `select sum(offered) from api.contact_statistics where service_id = 3 and interval_start_time >= '2024-05-01Z' and interval_start_time < '2024-05-03Z'`,
    hourly: `select sum(total_received) from api.mv_hourly_stats where service_id = 3 and hour_start >= '2024-05-01Z' and hour_start < '2024-05-03Z'`,
    list: `select count(*) from api.list_sources()`,
  };
  for (const [name, q] of Object.entries(qs)) {
    const best: Record<string, number[]> = { none: [], rls: [], narrow: [] };
    for (let round = 0; round < 3; round++) for (const mode of ['none', 'rls', 'narrow']) {
      await setRls(mode !== 'none');
      const d = mode === 'narrow' ? narrow : db;
      for (let n = 0; n < 15; n++) { const ms = await time(() => d.query(q)); if (n > 3) best[mode]!.push(ms); }
    }
    console.log(name, Object.entries(best).map(([m, v]) => `${m} best ${Math.min(...v).toFixed(2)} median ${v.toSorted((a, b) => a - b)[v.length >> 1]!.toFixed(2)}`).join(' | '));
  }
  console.log((await narrow.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers off, timing off) ${qs.view}`)).map((r) => r['QUERY PLAN']).join('\n'));
  await db.end(); await o.end();
} finally { await server.close(); rmSync(folder, { recursive: true, force: true }); }
