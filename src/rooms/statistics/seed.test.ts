import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';
import { sharedPath, skipWithoutShared } from '../../../test/shared.ts';

/** The statements of the database guide that concern this room, letter by letter, with `api` first in the search_path. */
const concerns = /api_get_calls_by_interval|api_get_service_summary|api_batch_insert_calls|api_refresh_all_views|FROM contact_statistics/;
const posted = '[{"interval_start_time": "2025-03-01T09:15:00+00:00", "service_id": 1, "received_calls": 12}]';

function statements(): string[] {
  const name = readdirSync(sharedPath('seeds')).find((file) => file.startsWith('001_'))!;
  const blocks = [...readFileSync(sharedPath('seeds', name), 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)].map((match) => match[1]!);
  return blocks
    .flatMap((block) => block.replaceAll(/^\s*--.*$/gm, '').split(/;\s*$/m))
    .map((statement) => statement.trim())
    .filter((statement) => concerns.test(statement))
    .map((statement) => statement.replace('jsonb_array', `'${posted}'::jsonb`));
}

describe.skipIf(skipWithoutShared())("the guide's statements run as they stand", () => {
  let psql: pg.Client;
  let run: (text: string) => Promise<pg.QueryResult>;
  beforeAll(async () => {
    const database = await testDatabase();
    await loadSmall(database);
    psql = new pg.Client({ connectionString: database.url('api') });
    await psql.connect();
    run = (text) => psql.query(text);
  });
  afterAll(() => psql.end());

  test('all of them are here', () => {
    expect(
      statements()
        .map((statement) => concerns.exec(statement)![0])
        .toSorted(),
    ).toEqual(['FROM contact_statistics', 'api_batch_insert_calls', 'api_get_calls_by_interval', 'api_get_service_summary', 'api_refresh_all_views']);
  });

  for (const statement of skipWithoutShared() ? [] : statements()) {
    test(statement.replaceAll(/\s+/g, ' ').slice(0, 80), async () => {
      await expect(run(statement)).resolves.toBeDefined();
    });
  }

  test('the posted row went in', async () => {
    const { rows } = await run(`SELECT not_unique_received FROM contact_statistics WHERE interval_start_time = '2025-03-01 09:15+00'`);
    expect(rows).toEqual([{ not_unique_received: 12 }]);
  });

  test('what the guide refreshes can be selected from', async () => {
    const { rows } = await run('SELECT * FROM mv_hourly_stats ORDER BY hour_start LIMIT 1');
    expect(rows).toHaveLength(1);
  });
});
