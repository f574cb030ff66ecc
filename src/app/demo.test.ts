import { expect, test } from 'vitest';
import { loadQuarters } from '../../test/fixtures/agents.ts';
import { loadRows } from '../../test/fixtures/small.ts';
import { openTestSystem } from '../../test/system.ts';
import { loadDemo, removeDemo } from './demo.ts';

/** The demo comes whole and goes whole; what people put beside it, or into it, stays. */

/** Logs and marks that say that something happened; everything else is as before. */
const remembers = /^(platform\.|statistics\.(change_log|change_origin)$|marketplace\.settings$)/;

test(
  'the demo with its agents, teams, activity, sources and marketplace goes without a trace, and leaves data of one’s own',
  { timeout: 400_000 },
  async () => {
    await using system = await openTestSystem();
    const { owner, db } = system.test;
    const tables = await owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace::regnamespace::text ~ '^(org|statistics|ingest|marketplace|quality|realtime|platform)$'
     order by 1`,
    );
    /** How many rows each table has. */
    const contents = async () => {
      const found: Record<string, number> = {};
      for (const { name } of tables.filter((table) => !remembers.test(table.name)))
        found[name] = (await owner.query<{ rows: number }>(`select count(*)::int as rows from ${name}`))[0]!.rows;
      return found;
    };
    const before = await contents();

    await loadDemo(system.system, () => {});
    const full = await contents();
    const filled = [
      'org.services',
      'org.sources',
      'org.agents',
      'org.employees',
      'org.departments',
      'statistics.contact_statistics',
      'statistics.rollups',
    ];
    for (const name of [...filled, 'statistics.agent_activity', 'statistics.agent_rollups', 'statistics.agents_seen', 'statistics.agent_loads'])
      expect(full[name], name).toBeGreaterThan(before[name]!);
    expect(await removeDemo(system.system)).toMatch(/^\d+ demo services removed$/);
    expect(await contents()).toEqual(before);
    // Removing nothing is no error.
    expect(await removeDemo(system.system)).toBe('0 demo services removed');

    // Once more, and this time people work beside it and in it.
    await loadDemo(system.system, () => {});
    const demo = await owner.query<{ service_id: number; service_code: string }>(
      'select service_id, service_code from org.services where is_demo order by 1',
    );
    const [first, second, ...others] = demo;
    const [own] = await db.query<{ service_id: number }>(`select service_id from api.create_service('OWN', p_time_zone => 'Europe/Berlin')`);
    await db.query(`select org.create_department('OWN', 'Own team', 'team')`);
    await db.query(`select api.create_employee('OWN-1', 'Own', 'Person', '2020-01-01', 'OWN', p_agent_code => 'O-1')`);
    const [agent] = await owner.query<{ agent_id: number }>(`select agent_id from org.agents where agent_code = 'O-1'`);
    const source = async (service: number) =>
      (
        await owner.query<{ source_id: number }>(
          `insert into org.sources (service_id, kind, external_name, created_at) values ($1, 'live', 'own', now()) returning source_id`,
          [service],
        )
      )[0]!.source_id;
    const calls = async (service: number, offered: number) => ({
      service_id: service,
      source_id: await source(service),
      interval_start_time: '2019-03-10T10:00Z',
      interval_minutes: 15,
      offered,
    });
    await loadRows(system.test, [await calls(own!.service_id, 5), await calls(second!.service_id, 7)]);
    const quarter = { agent: agent!.agent_id, at: '2019-03-10T10:00Z', talk: 300 };
    await loadQuarters(system.test, [
      { ...quarter, service: own!.service_id, handled: 1 },
      { ...quarter, service: 0, at: '2019-03-10T10:15Z', handled: 2 },
      // Into a service of the demo, and of nothing but agents.
      { ...quarter, service: first!.service_id, at: '2019-03-10T10:30Z', handled: 3 },
    ]);
    await db.query('select statistics.refresh()');
    const mine = async () => ({
      facts: await owner.query(
        'select service_id, source_id, interval_start_time, offered, batch_id from statistics.contact_statistics where offered in (5, 7) and interval_start_time < $1 order by 1',
        ['2020-01-01'],
      ),
      rollups: await owner.query('select * from statistics.rollups where bucket < $1 order by service_id, group_id, grain, bucket, known', [
        '2020-01-01',
      ]),
      activity: await owner.query('select * from statistics.agent_activity where agent_id = $1 order by interval_start_time', [agent!.agent_id]),
      sums: await owner.query('select * from statistics.agent_rollups where agent_id = $1 order by grain, bucket, service_id, group_id', [
        agent!.agent_id,
      ]),
      people: await owner.query(`select * from org.employees where personnel_number = 'OWN-1'`),
      team: await owner.query(`select * from org.departments where department_code = 'OWN'`),
      agents: await owner.query(`select * from org.agents where agent_code = 'O-1'`),
    });
    const was = await mine();
    expect([was.facts.length, was.activity.length, was.sums.length]).toEqual([2, 3, 9]);

    expect(await removeDemo(system.system)).toBe(
      `${others.length} demo services removed; kept with your own data: ${first!.service_code}, ${second!.service_code}`,
    );
    expect(await mine()).toEqual(was);
    const rest = await contents();
    expect(rest).toMatchObject({
      'statistics.contact_statistics': 2,
      'statistics.agent_activity': 3,
      'statistics.agent_rollups': 9,
      'statistics.agent_loads': 1,
      'statistics.agent_versions': 0,
      'statistics.overwritten_rows': 0,
      'statistics.touched_log': 0,
      'statistics.agent_touched_log': 0,
      'ingest.import_batches': 0,
      'org.agents': 1,
      'org.employees': 1,
      'org.departments': 1,
    });
    expect(await owner.query(`select service_code from org.services where not is_demo order by service_id`)).toEqual(
      [first!.service_code, second!.service_code, 'OWN'].map((code) => ({ service_code: code })),
    );
  },
);
