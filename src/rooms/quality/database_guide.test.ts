import { describe, expect, test } from 'vitest';
import { everyStatementAnswers } from '../../../test/fixtures/guide.ts';

describe('every statement of the database guide answers', () => {
  const { psql } = everyStatementAnswers('database', 12, /from (import_batches|slowest_operations)/);

  test('the plan of a day names the partition of its month alone', async () => {
    const { rows } = await psql().query<{ 'QUERY PLAN': string }>(
      `explain select * from contact_statistics where interval_start_time >= '2025-03-03' and interval_start_time < '2025-03-04'`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('contact_statistics_2025_03');
    expect(plan).not.toContain('contact_statistics_default');
  });
});
