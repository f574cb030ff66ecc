import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { loadRows, loadSmall } from '../../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadSmall(database);
const summary = (named: string) => database.api.query(`select * from api.api_get_service_summary(${named})`);

test('a day of a service on paper', async () => {
  expect(await summary(`1, '2025-03-03'`)).toEqual([
    {
      service_id: 1,
      summary_date: '2025-03-03',
      total_calls: 224,
      // 115 of 212; the load's 12 do not say.
      service_level: 54.25,
      // (1300 + 34500 + 2220) of 171 handled, and 180 × 12 of the load's 12.
      avg_handle_time_ms: 219_563,
      peak_hour: 9,
      peak_hour_calls: 212,
      peak_hour_start: new Date('2025-03-03T08:00:00Z'),
      service_code: 'SUPPORT',
      time_zone: 'Europe/Berlin',
      total_treated: 171,
      total_missed: 41,
      abandonment_pct: expect.closeTo((100 * 41) / 212, 10),
      asa_seconds: expect.closeTo(4650 / 171, 10),
      occupancy_pct: null,
      service_level_variant: 'offered',
      coverage_pct: expect.closeTo((100 * 212) / 224, 10),
    },
  ]);
});

test('the peak is the hour with the greatest sum, not the hour of the greatest interval', async () => {
  const at = (moment: string, offered: number) => ({ service_id: 1, source_id: 1, interval_start_time: moment, interval_minutes: 15, offered });
  await loadRows(database, [at('2025-03-05T08:00Z', 50), ...['09:00', '09:15', '09:30', '09:45'].map((time) => at(`2025-03-05T${time}Z`, 20))]);
  expect(await summary(`1, '2025-03-05'`)).toMatchObject([{ total_calls: 130, peak_hour: 10, peak_hour_calls: 80 }]);
});

test("the day and its hours are the service's own, also half an hour off", async () => {
  // Kolkata: 10:00–11:00 is 04:30–05:30 UTC.
  expect(await summary(`2, '2025-03-03'`)).toMatchObject([
    { total_calls: 69, peak_hour: 10, peak_hour_calls: 65, peak_hour_start: new Date('2025-03-03T04:30:00Z') },
  ]);
  expect(await summary(`2, '2025-03-02'`)).toMatchObject([{ total_calls: null, peak_hour: null }]);
});

test('on the day of 25 hours the repeated hour is two hours', async () => {
  const at = (moment: string, offered: number) => ({ service_id: 1, source_id: 1, interval_start_time: moment, interval_minutes: 60, offered });
  await loadRows(database, [at('2025-10-26T00:00Z', 30), at('2025-10-26T01:00Z', 40)]);
  expect(await summary(`1, '2025-10-26'`)).toMatchObject([
    { total_calls: 70, peak_hour: 2, peak_hour_calls: 40, peak_hour_start: new Date('2025-10-26T01:00:00Z') },
  ]);
});

test("without a date it is the service's today, without a service all of them", async () => {
  database.setNow('2025-03-02T20:00:00Z');
  // 21:00 on the 2nd in Berlin, 01:30 on the 3rd in Kolkata.
  expect(await summary('')).toMatchObject([
    { service_id: 1, summary_date: '2025-03-02', total_calls: null },
    { service_id: 2, summary_date: '2025-03-03', total_calls: 69 },
  ]);
  database.setNow(null);
});

test('an unknown service is 404', async () => {
  await expect(summary('99')).rejects.toMatchObject({ code: 'QH404' });
});

test('the time zone of the session is of no matter', async () => {
  await database.inTransaction(async (tx) => {
    const ask = () => tx.query(`select * from api.api_get_service_summary(1, '2025-03-03')`);
    const inUtc = await ask();
    for (const zone of ['Pacific/Auckland', 'America/St_Johns']) {
      await tx.query(`set local timezone = '${zone}'`);
      expect(await ask()).toEqual(inUtc);
    }
  }, 'api');
});
