import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type AgentRow, AgentModel } from '../../../test/fixtures/agent_model.ts';
import { holds } from '../../../test/fixtures/replay.ts';
import { type Command, commandOf, Skipped, Stage, zoneChange } from '../../../test/fixtures/stage.ts';
import { makeService } from '../../../test/fixtures/store.ts';
import { asDb, slotTime } from '../../../test/fixtures/store_world.ts';

/** Any sequence of what happens to the activity of agents, by two writers and two refreshers at once, against a naive model. */

const database = await testDatabase();
const monitor = new pg.Client({ connectionString: database.url('superuser') });
await monitor.connect();
await monitor.query(`set time zone 'UTC'`);
await monitor.query(`select statistics.ensure_partitions('{2025-01-01,2025-02-01}', 'agent_activity')`);
await monitor.query(`select org.ensure_agents('{A,B,C}', '{A,B,C}')`);
const zones = ['Europe/Moscow', 'Asia/Kolkata'];
const services: number[] = [];
for (const zone of zones) services.push((await makeService(database.db, zone, zone, [])).service);
const agents = (await asDb(monitor).query<{ agent_id: number }>('select agent_id from org.agents order by 1')).map(({ agent_id: id }) => id);
afterAll(() => monitor.end());

/** Times around the last midnight of January in Moscow and in Kolkata. */
const row = fc.record({
  agent: fc.nat(2),
  // 0: time for no service in particular.
  service: fc.nat(2),
  group: fc.nat(1),
  slot: fc.nat(40),
  ready: fc.nat(60),
  talk: fc.nat(60),
  handled: fc.nat(2),
});
type Plan = typeof row extends fc.Arbitrary<infer T> ? T : never;
type Work =
  | { kind: 'load'; rows: Plan[]; again: number | null }
  | { kind: 'correct'; batch: number; handled: number }
  | { kind: 'undo'; batch: number }
  | { kind: 'delete'; service: number }
  | { kind: 'zone'; service: number; zone: string };
const work: fc.Arbitrary<Work> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('load' as const),
      rows: fc.array(row, { minLength: 1, maxLength: 12 }),
      again: fc.option(fc.nat(9), { freq: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('correct' as const), batch: fc.nat(9), handled: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), batch: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), service: fc.nat(1) }) },
  { weight: 1, arbitrary: zoneChange },
);
const command = commandOf(work);

const title = 'whatever writers and refreshers do at once, figures of agents are exact at every commit and undo is an exact inverse';
test(title, { timeout: 3_600_000 }, async () => {
  await holds('src/rooms/statistics/agent_property.test.ts', title, fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), run), 12);
});

class AgentWorld {
  readonly model = new AgentModel();
  readonly stage = new Stage<Work>(monitor, database.url('server'), this);

  async begin(): Promise<void> {
    await monitor.query(`truncate statistics.agent_activity, statistics.agent_rollups, statistics.agent_touched_log, statistics.agent_loads,
      statistics.agent_versions, statistics.agents_seen`);
    for (const [index, zone] of zones.entries())
      await monitor.query('update org.services set time_zone = $2 where service_id = $1', [services[index], zone]);
    await this.stage.begin();
  }

  async perform(client: pg.Client, planned: Work): Promise<() => void> {
    switch (planned.kind) {
      case 'load':
        return this.#load(client, this.#former(planned.again)?.rows ?? placed(planned.rows));
      case 'correct': {
        const former = this.#former(planned.batch);
        if (former === null) throw new Skipped();
        return this.#load(
          client,
          former.rows.map((one) => ({ ...one, handled: planned.handled })),
        );
      }
      case 'undo': {
        const former = this.#former(planned.batch);
        if (former === null) throw new Skipped();
        await client.query('select * from statistics.undo_batch($1)', [former.batch]);
        return () => this.model.undo(former.batch);
      }
      case 'delete':
        await client.query('select statistics.delete_service_agents($1)', [services[planned.service]]);
        return () => this.model.forget(services[planned.service]!);
      case 'zone':
        await client.query('update org.services set time_zone = $2 where service_id = $1', [services[planned.service], planned.zone]);
        return () => {};
    }
  }

  #former(place: number | null): { batch: string; rows: AgentRow[] } | null {
    return place === null ? null : (this.model.loads[place % Math.max(this.model.loads.length, 1)] ?? null);
  }

  async #load(client: pg.Client, rows: AgentRow[]): Promise<() => void> {
    if (rows.length === 0) throw new Skipped();
    const batch = randomUUID();
    await client.query('select statistics.make_agent_rows()');
    await client.query('insert into pg_temp.agent_rows select * from jsonb_populate_recordset(null::statistics.agent_row, $1)', [
      JSON.stringify(rows.map(record)),
    ]);
    const { rows: counted } = await client.query(
      'select rows_inserted::int, rows_updated::int, rows_unchanged::int from statistics.load_agent_rows($1)',
      [batch],
    );
    // The locks of these agents are held now: what the model knows of them is what the database saw.
    expect(counted[0]).toEqual(this.model.counts(rows));
    return () => void this.model.loads.push({ batch, rows: rows.map((one) => ({ ...one })) });
  }

  async checkExact(): Promise<void> {
    const differences = await inexact();
    if (differences.length > 0) throw new Error(`figures of agents are not exact: ${JSON.stringify(differences.slice(0, 5))}`);
  }

  async checkFacts(): Promise<void> {
    const rows = await asDb(monitor).query<{ fact: string }>(
      `select format('%s %s %s %s=%s %s %s', agent_id, service_id, group_id, to_char(interval_start_time, 'YYYY-MM-DD"T"HH24:MI:SS".000Z"'), ready_seconds,
         talk_seconds, handled) as fact from statistics.agent_activity`,
    );
    expect(rows.map(({ fact }) => fact).toSorted()).toEqual([...this.model.facts()].map((entry) => entry.join('=')).toSorted());
  }
}

const placed = (plans: readonly Plan[]): AgentRow[] => {
  const rows = plans.map(({ agent, service, group, slot, ...figures }) => ({
    agent: agents[agent]!,
    service: service === 0 ? 0 : services[service - 1]!,
    group,
    at: slotTime(slot),
    ...figures,
  }));
  return [...new Map(rows.map((one) => [`${one.agent} ${one.service} ${one.group} ${one.at}`, one])).values()];
};
const record = (one: AgentRow, index: number) => ({
  row_number: index + 1,
  agent_id: one.agent,
  service_id: one.service,
  group_id: one.group,
  interval_start_time: one.at,
  login_seconds: one.ready + one.talk,
  ready_seconds: one.ready,
  not_ready_seconds: 0,
  talk_seconds: one.talk,
  hold_seconds: 0,
  wrap_seconds: 0,
  handled: one.handled,
  transferred: 0,
});

/** Where figures by quarter, hour, day, month or as a whole, in three zones, of all and of each service, differ from sums over the rows. */
async function inexact(): Promise<unknown[]> {
  const { rows } = await monitor.query(
    `with asked as (
       select z.zone, m.minutes, s.services
       from unnest('{UTC,Europe/Moscow,Asia/Kolkata}'::text[]) z (zone), unnest('{15,60,1440,43200,null}'::int[]) m (minutes),
         (values (null::int[]), (array[0]), (array[$1::int]), (array[$2::int])) s (services)
     ), told as (
       select a.zone, a.minutes, a.services, f.scope_id, f.bucket_start, f.interval_count, f.login_seconds, f.ready_seconds, f.talk_seconds, f.handled
       from asked a
       cross join lateral statistics.agent_figures('2025-01-30T00:00Z', '2025-02-03T00:00Z', a.minutes, a.zone, $3, $3, a.services) f
     ), summed as (
       select a.zone, a.minutes, a.services, f.agent_id, b.bucket_start, count(*), sum(f.login_seconds)::bigint, sum(f.ready_seconds)::bigint, sum(f.talk_seconds)::bigint,
         sum(f.handled)::bigint
       from asked a
       join statistics.agent_activity f on a.services is null or f.service_id = any (a.services)
       cross join lateral (select case when a.minutes is null then '2025-01-30T00:00Z'
         else greatest(statistics.bucket_start(f.interval_start_time, a.minutes, a.zone), '-infinity') end as bucket_start) b
       group by 1, 2, 3, 4, 5
     )
     (select 'told' as side, t.* from told t except all select 'told', s.* from summed s)
     union all
     (select 'summed', s.* from summed s except all select 'summed', t.* from told t)`,
    [services[0], services[1], agents],
  );
  return rows;
}

/** All rollups of agents by their definition. */
const recomputed = `select f.agent_id, f.service_id, f.group_id, b.grain, b.bucket, count(*)::int, sum(f.login_seconds)::bigint, sum(f.ready_seconds)::bigint,
    sum(f.not_ready_seconds)::bigint, sum(f.talk_seconds)::bigint, sum(f.hold_seconds)::bigint, sum(f.wrap_seconds)::bigint, sum(f.handled)::bigint, sum(f.transferred)::bigint
  from statistics.agent_activity f
  left join org.services s on s.service_id = f.service_id
  cross join lateral (
    values (60, date_trunc('hour', f.interval_start_time, 'UTC')), (1440, date_trunc('day', f.interval_start_time, coalesce(s.time_zone, 'UTC'))),
      (43200, date_trunc('month', f.interval_start_time, coalesce(s.time_zone, 'UTC')))
  ) as b (grain, bucket)
  group by 1, 2, 3, 4, 5`;

async function checkAfterRefresh(): Promise<void> {
  await monitor.query('select * from statistics.refresh()');
  const { rows: touched } = await monitor.query('select * from statistics.agent_touched_log');
  expect(touched).toEqual([]);
  const { rows: stale } = await monitor.query(
    `(table statistics.agent_rollups except all (${recomputed})) union all ((${recomputed}) except all table statistics.agent_rollups)`,
  );
  expect(stale).toEqual([]);
  const versions =
    'select xmin::text, ctid::text, agent_id, service_id, group_id, grain, bucket from statistics.agent_rollups order by 3, 4, 5, 6, 7';
  const before = (await monitor.query(versions)).rows;
  await monitor.query(
    'insert into statistics.agent_touched_log select distinct agent_id, service_id, bucket, 1 from statistics.agent_rollups where grain = 60',
  );
  const { rows: second } = await monitor.query('select rows_written::int from statistics.refresh()');
  expect(second).toEqual([{ rows_written: 0 }]);
  expect((await monitor.query(versions)).rows).toEqual(before);
}

async function run(commands: Command<Work>[]): Promise<void> {
  const world = new AgentWorld();
  try {
    await world.begin();
    for (const one of commands) await world.stage.step(one);
    await world.stage.finishAll();
    await checkAfterRefresh();
    await world.checkFacts();
    // Undone one after the other in no order, the loads leave nothing behind.
    for (let round = 0; world.model.loads.length > 0; round++) {
      const { batch } = world.model.loads[(round * 7) % world.model.loads.length]!;
      await monitor.query('select * from statistics.undo_batch($1)', [batch]);
      world.model.undo(batch);
      await world.checkFacts();
    }
    await world.checkExact();
    const { rows: left } = await monitor.query(
      `select (select count(*) from statistics.agent_activity)::int + (select count(*) from statistics.agent_versions)::int
         + (select count(*) from statistics.agent_loads)::int + (select count(*) from statistics.agents_seen)::int as rows`,
    );
    expect(left).toEqual([{ rows: 0 }]);
  } finally {
    await world.stage.end();
  }
}
