import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { loadRows, loadSmall } from '../../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadSmall(database);

const span = (service?: string) => database.api.query('select * from api.data_span($1)', [service ?? null]);

test('the span goes from the first start to the last end over all sources of a service, with the months of its zone', async () => {
  expect(await span('SUPPORT')).toEqual([
    {
      service_id: 1,
      service_code: 'SUPPORT',
      time_zone: 'Europe/Berlin',
      data_start: new Date('2025-03-03T08:00:00Z'),
      data_end: new Date('2025-03-04T08:15:00Z'),
      months: ['2025-03'],
    },
  ]);
});

test('without a service all are told; one without figures has no moments and no months', async () => {
  await database.owner.query(`select org.create_service('EMPTY', 'Empty', 'UTC')`);
  const all = await span();
  expect(all.map((one) => (one as { service_code: string }).service_code)).toEqual(['EMPTY', 'SALES', 'SUPPORT']);
  expect(all[0]).toMatchObject({ data_start: null, data_end: null, months: [] });
  await expect(span('SUPORT')).rejects.toMatchObject({ code: 'QH404' });
});

test('a month belongs to the zone of the service, and months between without figures are left out', async () => {
  const row = { service_id: 2, source_id: 6, interval_minutes: 30, offered: 1, unique_offered: 1 };
  // 31 May 19:00 in UTC is 1 June 00:30 in Kolkata.
  await loadRows(database, [
    { ...row, interval_start_time: '2025-05-31T19:00Z' },
    { ...row, interval_start_time: '2025-06-30T10:00Z' },
  ]);
  expect(await span('SALES')).toMatchObject([{ data_end: new Date('2025-06-30T10:30:00Z'), months: ['2025-03', '2025-06'] }]);
});
