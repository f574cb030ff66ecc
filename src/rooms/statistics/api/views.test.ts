import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { loadRows, loadSmall } from '../../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadSmall(database);
// A queue whose agents' ready time is known, for occupancy.
await loadRows(database, [
  {
    service_id: 1,
    source_id: 2,
    interval_start_time: '2025-03-05T08:00Z',
    interval_minutes: 15,
    offered: 10,
    handled: 8,
    answered_in_threshold: 6,
    abandoned: 2,
    abandoned_in_5s: 1,
    talk_seconds: 700,
    hold_seconds: 50,
    wrap_seconds: 50,
    ready_seconds: 200,
  },
]);

const columns = async (view: string) => {
  const rows = await database.api.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum`,
    [`api.${view}`],
  );
  return rows.map(({ name }) => name);
};

test('contact_statistics has the twenty columns of seed 001 first', async () => {
  expect((await columns('contact_statistics')).slice(0, 20)).toEqual(
    `id interval_start_time interval_end_time service_id group_id not_unique_received not_unique_treated not_unique_missed received_calls treated_calls
     miss_calls aht talk_time post_processing service_level abandonment_rate occupancy_rate created_at updated_at import_batch_id`.split(/\s+/),
  );
});

test('contact_statistics speaks in milliseconds per call; an id is stable and unique', async () => {
  const [row] = await database.api.query(`select * from api.contact_statistics where source_id = 2 and interval_start_time = '2025-03-05T08:00Z'`);
  expect(row).toMatchObject({
    group_id: 1,
    not_unique_received: 10,
    not_unique_treated: 8,
    not_unique_missed: 2,
    received_calls: null,
    aht: 100_000,
    talk_time: 87_500,
    post_processing: 6250,
    service_level: 60,
    abandonment_rate: 20,
    occupancy_rate: 80,
    interval_end_time: new Date('2025-03-05T08:15Z'),
    source_kind: 'report',
    source_name: 'Line one',
  });
  expect(
    await database.api.query('select count(*) - count(distinct id) as twice, count(*) filter (where id is null) as none from api.contact_statistics'),
  ).toEqual([{ twice: 0, none: 0 }]);
  expect(await database.api.query(`select group_id from api.contact_statistics where source_id in (1, 4) group by 1 order by 1`)).toEqual([
    { group_id: -1 },
    { group_id: null },
  ]);
});

test("a row's ratios in contact_statistics are those of statistics.figures, in every variant", async () => {
  for (const variant of ['offered', 'offered_without_short_abandons', 'handled', 'handled_and_abandoned_in_threshold']) {
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.update_service(1, p_service_level_variant => $1)`, [variant]);
      const differing = await tx.query(
        `select c.id
         from api.contact_statistics c
         cross join lateral statistics.figures(c.interval_start_time, c.interval_end_time, null, 'UTC', array[c.service_id], array[coalesce(c.group_id, 0)]) f
         where c.source_id in (1, 2, 3)
           and (round(f.service_level_pct::numeric, 2), round(f.abandonment_pct::numeric, 2), round(f.occupancy_pct::numeric, 2),
             round(1000 * f.aht_seconds), round(1000 * f.talk_avg_seconds), round(1000 * f.wrap_avg_seconds))
           is distinct from (c.service_level, c.abandonment_rate, c.occupancy_rate, c.aht::float8, c.talk_time::float8, c.post_processing::float8)`,
      );
      expect(differing, variant).toEqual([]);
    });
  }
});

test("mv_hourly_stats has the seed's columns, null for the service itself, and is exact without a refresh", async () => {
  expect((await columns('mv_hourly_stats')).slice(0, 10)).toEqual(
    'hour_start service_id group_id total_received total_treated total_missed avg_service_level avg_occupancy total_talk_time_ms interval_count'.split(
      ' ',
    ),
  );
  const hour = () =>
    database.api.query(
      `select group_id, total_received, avg_service_level, avg_occupancy, total_talk_time_ms, interval_count from api.mv_hourly_stats where hour_start = '2025-03-03T08:00Z' and service_id = 1 order by group_id`,
    );
  const first = await hour();
  expect(first).toEqual([
    { group_id: -1, total_received: 10, avg_service_level: 50, avg_occupancy: null, total_talk_time_ms: 1_000_000, interval_count: 1 },
    { group_id: 1, total_received: 111, avg_service_level: 54.05, avg_occupancy: null, total_talk_time_ms: 17_500_000, interval_count: 3 },
    { group_id: 2, total_received: 91, avg_service_level: 54.95, avg_occupancy: null, total_talk_time_ms: 14_500_000, interval_count: 3 },
    { group_id: null, total_received: 212, avg_service_level: 54.25, avg_occupancy: null, total_talk_time_ms: 33_000_000, interval_count: 4 },
  ]);
  await database.api.query('select api.refresh_hourly_stats()');
  expect(await hour()).toEqual(first);
});

test('mv_hourly_stats has one row for an hour of a service or queue, also where the queue is null', async () => {
  expect(await database.api.query('select 1 from api.mv_hourly_stats group by hour_start, service_id, group_id having count(*) > 1')).toEqual([]);
});

test('an hour in mv_hourly_stats is the hour of statistics.figures, in every variant', async () => {
  for (const variant of ['offered', 'offered_without_short_abandons', 'handled', 'handled_and_abandoned_in_threshold']) {
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.update_service(1, p_service_level_variant => $1)`, [variant]);
      const differing = await tx.query(
        `select h.*
         from api.mv_hourly_stats h
         left join lateral statistics.figures(h.hour_start, h.hour_start + interval '1 hour', 60, 'UTC', array[h.service_id], array[coalesce(h.group_id, 0)]) f on true
         where (f.offered, f.handled, f.abandoned, round(f.service_level_pct::numeric, 2), round(f.occupancy_pct::numeric, 2), f.talk_seconds * 1000, f.interval_count, f.granularity_minutes::int)
           is distinct from (h.total_received, h.total_treated, h.total_missed, h.avg_service_level, h.avg_occupancy, h.total_talk_time_ms, h.interval_count, h.granularity_minutes)`,
      );
      expect(differing, variant).toEqual([]);
    });
  }
});

test('api_refresh_all_views names what it refreshed and how long it took', async () => {
  await database.db.query(`select api.map_source(4, 'LINE_2')`);
  const [row] = await database.api.query<{ duration_ms: number; row_count: number }>('select * from api.api_refresh_all_views()');
  expect(row).toMatchObject({ view_name: 'mv_hourly_stats', status: 'SUCCESS' });
  expect(row!.duration_ms).toBeGreaterThan(0);
  expect(row!.row_count).toBeGreaterThan(0);
  expect(await database.api.query('select row_count from api.api_refresh_all_views()')).toEqual([{ row_count: 0 }]);
});
