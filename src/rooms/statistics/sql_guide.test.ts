import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';

const guide = readFileSync(path.join(import.meta.dirname, '../../../docs/guides/sql.md'), 'utf8');
const blocks = [...guide.matchAll(/^```sql run\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

describe('every statement of the SQL guide answers', () => {
  let psql: pg.Client;
  beforeAll(async () => {
    const database = await testDatabase();
    await loadSmall(database);
    psql = new pg.Client({ connectionString: database.url('api') });
    await psql.connect();
  });
  afterAll(() => psql.end());

  test('there are blocks to run', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(7);
  });

  for (const [place, block] of blocks.entries()) {
    for (const statement of block.split(/;\s*$/m).filter((text) => text.trim() !== '')) {
      test(`block ${place + 1}: ${statement.trim().replaceAll(/\s+/g, ' ').slice(0, 60)}`, async () => {
        const { rows } = await psql.query(statement);
        expect(rows.length).toBeGreaterThan(0);
      });
    }
  }
});
