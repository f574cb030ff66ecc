import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openSystem } from '../src/app/system.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { createLog } from '../src/platform/log/log.ts';
import { percentile, round, type Report } from './figure.ts';

/**
 * What agents did, over 13 months: a team of 30 and a centre of 500, who each work eight hours on five days a week. Every question is
 * asked through the function that REST calls, beside the same sums over the stored quarters.
 */

const agents = 500;
const teamSize = 30;
const goal = 20;
const start = '2023-12-31T21:00Z';
const end = '2025-01-31T21:00Z';
const zone = 'Europe/Moscow';

export async function run(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-agents-'));
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
  const system = await openSystem(config, createLog({ level: 'silent', readable: false }), 'command', '0');
  const client = new pg.Client({ connectionString: system.databaseUrl('api') });
  const owner = new pg.Client({ connectionString: system.databaseUrl('owner') });
  try {
    await Promise.all([client.connect(), owner.connect()]);
    report({ name: 'quarters in the store', value: await fill(owner), unit: `of ${agents} agents` });
    await compare(report, client, owner);
  } finally {
    await Promise.all([client.end(), owner.end()]);
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Agents in teams, their quarters and the rollups that folding would make, written by PostgreSQL itself. */
async function fill(owner: pg.Client): Promise<number> {
  const teams = Math.ceil(agents / teamSize);
  await owner.query(`set statement_timeout = 0; set lock_timeout = 0; set time zone 'UTC'; set work_mem = '256MB'`);
  await owner.query(`
    select org.create_service('CENTRE', 'Centre', '${zone}');
    select org.create_department('CC', 'Centre', 'department');
    select org.create_department('TEAM-' || n, 'Team ' || n, 'team', 1) from generate_series(1, ${teams}) n;
    select api.create_employee((1000 + n)::text, 'Agent ' || n, 'A', '2020-01-15', 'TEAM-' || ((n - 1) / ${teamSize} + 1), p_agent_code => 'A-' || n)
    from generate_series(1, ${agents}) n`);
  await owner.query(`
    select statistics.ensure_partitions(array(select generate_series('2023-12-01'::timestamp, '2025-02-01', '1 month')::date), 'agent_activity');
    insert into statistics.agent_activity
    select a.agent_id, 1, 0, t.at, 900, 900 - 60 - w.talk - 90, 60, w.talk, 0, 90, w.talk / 180, 0, gen_random_uuid(), now(), now()
    from org.agents a
    cross join generate_series('${start}'::timestamptz, '${end}'::timestamptz - interval '15 minutes', interval '15 minutes') as t (at)
    cross join lateral (select 300 + (hashint4(a.agent_id * 7919 + extract(epoch from t.at)::int / 900) & 255) as talk) w
    where extract(isodow from t.at at time zone '${zone}') <= 5 and extract(hour from t.at at time zone '${zone}') between 9 and 16
    order by a.agent_id, t.at;
    insert into statistics.agents_seen select a.agent_id, max(f.interval_start_time) from org.agents a join statistics.agent_activity f using (agent_id) group by 1`);
  const sums = ['login_seconds', 'ready_seconds', 'not_ready_seconds', 'talk_seconds', 'hold_seconds', 'wrap_seconds', 'handled', 'transferred'];
  const fold = (grain: number, bucket: string, from: string, count: string) =>
    owner.query(`insert into statistics.agent_rollups
      select f.agent_id, f.service_id, f.group_id, ${grain}, ${bucket}, ${count}, ${sums.map((name) => `sum(f.${name})`).join(', ')} from ${from} group by 1, 2, 3, 5`);
  await fold(60, `date_trunc('hour', f.interval_start_time)`, 'statistics.agent_activity f', 'count(*)');
  for (const [grain, unit] of [
    [1440, 'day'],
    [43_200, 'month'],
  ] as const)
    await fold(
      grain,
      `date_trunc('${unit}', f.bucket, '${zone}')`,
      `(select * from statistics.agent_rollups where grain = ${grain === 1440 ? 60 : 1440}) f`,
      'sum(f.interval_count)',
    );
  await owner.query('vacuum analyze');
  const { rows } = await owner.query<{ count: string }>('select count(*) from statistics.agent_activity');
  return Number(rows[0]!.count);
}

const team = `agent_id in (select a.agent_id from org.agent_people a where a.team_code = 'TEAM-3')`;
const naive = (of: string, by: string) => `
  select ${by}, sum(login_seconds), sum(handled), 100.0 * sum(talk_seconds + hold_seconds + wrap_seconds)
    / nullif(sum(talk_seconds + hold_seconds + wrap_seconds + ready_seconds), 0)
  from statistics.agent_activity where ${of} and interval_start_time >= $1 and interval_start_time < $2 group by 1`;
const month = `date_trunc('month', interval_start_time, '${zone}')`;
const asked = (more: string) => `(p_start_time => $1, p_end_time => $2, p_time_zone => '${zone}', ${more})`;

const questions: { name: string; ask: string; naive: string; day?: true }[] = [
  {
    name: 'a team of 30, 13 months by month',
    ask: `select * from api.agent_intervals${asked(`p_team => 'TEAM-3', p_interval_minutes => 43200, p_by => 'team'`)}`,
    naive: naive(team, month),
  },
  {
    name: 'a team of 30, its agents compared over 13 months',
    ask: `select * from api.agent_comparison${asked(`p_team => 'TEAM-3'`)}`,
    naive: naive(team, 'agent_id'),
  },
  {
    name: 'a team of 30, a day by hour',
    ask: `select * from api.agent_intervals${asked(`p_team => 'TEAM-3', p_interval_minutes => 60, p_by => 'team'`)}`,
    naive: naive(team, `date_trunc('hour', interval_start_time)`),
    day: true,
  },
  {
    name: 'a centre of 500, 13 months as a whole',
    ask: `select * from api.agent_intervals${asked(`p_interval_minutes => 0, p_by => 'total'`)}`,
    naive: naive('true', '1'),
  },
  {
    name: 'a centre of 500, 13 months by month',
    ask: `select * from api.agent_intervals${asked(`p_interval_minutes => 43200, p_by => 'total'`)}`,
    naive: naive('true', month),
  },
  {
    name: 'a centre of 500, its agents compared over 13 months',
    ask: `select * from api.agent_comparison${asked(`p_rank_by => 'occupancy_pct'`)}`,
    naive: naive('true', 'agent_id'),
  },
];

async function compare(report: Report, client: pg.Client, owner: pg.Client): Promise<void> {
  for (const { name, ask, naive: base, day } of questions) {
    const spans = (n: number): [string, string] =>
      day ? [at(Date.parse(end) - (((n * 7) % 300) + 1) * 86_400_000), at(Date.parse(end) - ((n * 7) % 300) * 86_400_000)] : [start, end];
    const samples = await timed(client, ask, spans, 60);
    const slow = await timed(owner, base, spans, 5);
    const p95 = percentile(samples, 0.95);
    report({
      name: `${name}, p95`,
      value: round(p95),
      unit: 'ms',
      goal: `< ${goal} ms`,
      reached: p95 < goal,
      naive: `over the quarters ${round(percentile(slow, 0.5))} ms`,
      limit: `half of them within ${round(percentile(samples, 0.5))} ms`,
    });
  }
}

const at = (ms: number) => new Date(ms).toISOString();

/** The first runs make the plans and are left out. */
async function timed(client: pg.Client, text: string, spans: (n: number) => [string, string], times: number): Promise<number[]> {
  const samples: number[] = [];
  for (let n = -2; n < times; n++) {
    const begun = performance.now();
    const { rows } = await client.query(text, spans(Math.abs(n)));
    if (n >= 0) samples.push(performance.now() - begun);
    if (rows.length === 0 && n === 0 && !text.includes('TEAM')) throw new Error(`no rows: ${text}`);
  }
  return samples;
}
