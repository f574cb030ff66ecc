import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';

const guide = readFileSync(path.join(import.meta.dirname, '../../../docs/guides/database.md'), 'utf8');
const blocks = [...guide.matchAll(/^```sql run\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
const mayBeEmpty = /from (import_batches|slowest_operations)/;

describe('every statement of the database guide answers', () => {
  let psql: pg.Client;
  beforeAll(async () => {
    const database = await testDatabase();
    await loadSmall(database);
    psql = new pg.Client({ connectionString: database.url('api') });
    await psql.connect();
  });
  afterAll(() => psql.end());

  test('there are blocks to run, and none that is not', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(12);
    expect([...guide.matchAll(/^```sql$/gm)]).toEqual([]);
  });

  for (const [place, block] of blocks.entries()) {
    for (const statement of block.split(/;\s*$/m).filter((text) => text.trim() !== '')) {
      test(`block ${place + 1}: ${statement.trim().replaceAll(/\s+/g, ' ').slice(0, 60)}`, async () => {
        const { rows } = await psql.query(statement);
        expect(rows.length).toBeGreaterThan(mayBeEmpty.test(statement) ? -1 : 0);
      });
    }
  }

  test('the plan of a day names the partition of its month alone', async () => {
    const { rows } = await psql.query<{ 'QUERY PLAN': string }>(
      `explain select * from contact_statistics where interval_start_time >= '2025-03-03' and interval_start_time < '2025-03-04'`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('contact_statistics_2025_03');
    expect(plan).not.toContain('contact_statistics_default');
  });
});
