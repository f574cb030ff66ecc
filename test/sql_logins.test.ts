import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../src/app/catalogue.ts';
import { statement } from '../src/platform/contract/call.ts';
import { withLogin } from '../src/platform/db/url.ts';
import { loadMarketplace } from './fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/**
 * What a SQL login sees in whatever it can reach, made from the catalog: every view of api, and every function that an operation reads by. A
 * login that may see nothing gets no row, but of what is declared here as open; what is new and not declared fails.
 */

let qh: TestSystem;
const nothing = `bi_nothing_${process.pid}`;
const callsNothing = `api_nothing_${process.pid}`;
const team = `bi_team_${process.pid}`;
const city = `bi_city_${process.pid}`;
const service = `bi_service_${process.pid}`;
const logins = [nothing, team, city, service];

beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  await qh.test.owner.transaction((tx) => loadMarketplace(tx));
  await qh.test.owner.query('select * from api.refresh_all_mv()');
  await asSuperuser(
    qh.test.url('superuser'),
    ...logins.map((login) => `create role ${login} login password 'long enough' in role qh_read`),
    `create role ${callsNothing} login password 'long enough' in role qh_api`,
    `insert into platform.sql_logins (login, service_ids, team_ids, cities) values ('${team}', null, '{3}', null), ('${city}', null, null, '{Nowhere}'), ('${service}', '{1}', null, null)`,
  );
});
afterAll(async () => {
  const cluster = qh.test.url('superuser').replace(/\/[^/?]+(\?|$)/, '/postgres$1');
  await qh.close();
  await asSuperuser(cluster, ...[...logins, callsNothing].map((login) => `drop role ${login}`));
});

async function asSuperuser(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const text of statements) await client.query(text);
  await client.end();
}

async function session<T>(login: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withLogin(qh.test.url('superuser'), { user: login, password: 'long enough' }) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const views = async () =>
  (
    await qh.test.owner.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'api'::regnamespace and c.relkind = 'v' order by 1`,
    )
  ).map(({ name }) => name);
const count = async (client: pg.Client, view: string) =>
  Number((await client.query<{ n: string }>(`select count(*) as n from api.${view}`)).rows[0]!.n);

/** Views that show rows to every login, with the reason. */
const openViews: Record<string, string> = {
  departments: 'the tree is known to everybody; who is in it is not',
  organization_hierarchy: 'the same',
  team_structures: 'the same',
  positions: 'a list of words that all share',
  import_validation_rules: 'the rules by which every file is read',
};

const envelope = 'one row around a list that is narrowed, and empty';
const ofDatabase = 'the database as a whole, of no service; qh_read has no functions at all';
const ofMarketplace = 'when what was refreshed, of nobody';
/** Operations whose function answers a login that may see nothing with more than nothing, with the reason. */
const openFunctions: Record<string, string> = {
  'org.departments': 'the tree is known to everybody; who is in it is not',
  'org.positions': 'a list of words that all share',
  'org.custom_fields': 'which fields there are is the same for all',
  'ingest.argus_import_template': 'how a file looks',
  'statistics.kpis': 'what the figures mean',
  'statistics.explain': 'what a figure means',
  'statistics.database_agent_activity': envelope,
  'marketplace.mv_rows': envelope,
  'marketplace.top_advisors': envelope,
  'marketplace.city_summary': envelope,
  'marketplace.month_to_date': envelope,
  'marketplace.ranking_minimum': 'a setting, with counts that are narrowed',
  ...Object.fromEntries(['mv_status', 'mv_health', 'scheduler_status', 'refresh_runs'].map((name) => [`marketplace.${name}`, ofMarketplace])),
  ...Object.fromEntries(
    [
      ...['analyze_query_performance', 'database_health', 'database_health_check', 'monitor_resource_usage', 'partitions', 'performance_metrics'],
      ...['preview_retention', 'retention', 'run_all_validations', 'table_growth', 'test_integration_performance', 'thresholds'],
      ...['validate_query_performance', 'validate_throughput_capacity'],
    ].map((name) => [`quality.${name}`, ofDatabase]),
  ),
};

/** What names a service, a person or a city of the fixtures: nothing that is open may hold it. */
const names = /"(?:SUPPORT|SALES)"|Ivanova|Petrova|Sidorov|Keller|Orlova|A-100\d|Medell|Ruiz|Beto Sol/;

describe('what a SQL login can reach', () => {
  test('is nothing but api: no table, view or sequence elsewhere, and nothing in api to write', async () => {
    const found = await qh.test.owner.query<{ name: string }>(
      `select l.login || ' ' || c.oid::regclass::text as name
       from unnest($1::text[]) l (login), pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname !~ '^pg_(toast|temp)' and n.nspname not in ('pg_catalog', 'information_schema')
         and (n.nspname <> 'api' and (has_table_privilege(l.login, c.oid, 'select') and has_schema_privilege(l.login, n.oid, 'usage'))
           or has_table_privilege(l.login, c.oid, 'insert, update, delete, truncate'))`,
      [[...logins, callsNothing]],
    );
    expect(found).toEqual([]);
  });

  test('every view: who may see nothing sees no row, unless the view is declared as open', async () => {
    const whole = new Map<string, number>();
    for (const view of await views()) {
      const [row] = await qh.test.owner.query<{ n: string }>(`select count(*) as n from api.${view}`);
      whole.set(view, Number(row!.n));
    }
    const seen = await session(nothing, async (client) => {
      const found: string[] = [];
      for (const view of whole.keys()) {
        const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from api.${view} t`);
        if (rows.length > 0) found.push(view);
        expect(
          rows.filter(({ row }) => names.test(row)),
          view,
        ).toEqual([]);
      }
      return found;
    });
    expect(seen.toSorted(), 'narrow the view by a policy of its tables, or declare it as open, with the reason').toEqual(
      Object.keys(openViews).toSorted(),
    );
    // Rows to be hidden there are in most.
    expect([...whole.values()].filter((rows) => rows > 0).length).toBeGreaterThan(20);
  });

  test('every view: who is narrowed to a team, a city or a service sees no more than who is not, and of people less', async () => {
    const all = await views();
    const rows = async (login: string) =>
      session(login, async (client) => {
        const counts: Record<string, number> = {};
        for (const name of all) counts[name] = await count(client, name);
        return counts;
      });
    const whole = Object.fromEntries(
      await Promise.all(
        all.map(async (name) => [name, Number((await qh.test.owner.query<{ n: string }>(`select count(*) as n from api.${name}`))[0]!.n)]),
      ),
    ) as Record<string, number>;
    for (const login of [team, city, service]) {
      const own = await rows(login);
      for (const name of all) expect(own[name], `${name} as ${login}`).toBeLessThanOrEqual(whole[name]!);
    }
    const [byTeam, byCity] = [await rows(team), await rows(city)];
    expect(whole.employees).toBe(5);
    expect(byTeam.employees).toBe(2);
    expect(byCity.employees).toBe(0);
  });

  test('every function that an operation reads by: who may see nothing gets no row, or is told that there is none', async () => {
    const reads = operations.filter(({ method, sql }) => method === 'GET' && sql !== undefined);
    expect(reads.length).toBeGreaterThan(40);
    const answered = await session(callsNothing, async (client) => {
      const found: string[] = [];
      for (const operation of reads) {
        const { text, values } = statement(operation, operation.examples[0]!.input as Record<string, unknown>);
        const rows = await client.query<{ json: string }>(text, values as unknown[]).then(
          (result) => result.rows,
          () => [],
        );
        if (rows.length > 0) found.push(operation.name);
        // Texts of statements may quote what was asked, also by the tests' own set-up.
        if (operation.name !== 'quality.analyze_query_performance')
          expect(JSON.stringify(rows).replaceAll('\\"', '"'), operation.name).not.toMatch(names);
      }
      return found;
    });
    expect(answered.toSorted(), 'narrow it by a policy of its tables, or declare it as open, with the reason').toEqual(
      Object.keys(openFunctions).toSorted(),
    );
  });
});
