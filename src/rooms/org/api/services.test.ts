import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';

const database = await testDatabase();
const as = <T>(work: Parameters<typeof database.inTransaction<T>>[0]) => database.inTransaction<T>(work, 'api');

test('a service has only a code of its own; the rest has defaults', async () => {
  await as(async (tx) => {
    database.setNow('2025-03-01T12:00:00Z');
    const [made] = await tx.query(`select * from api.create_service('BILLING')`);
    expect(made).toMatchObject({
      service_code: 'BILLING',
      service_name: 'BILLING',
      time_zone: 'UTC',
      service_level_threshold_seconds: 20,
      service_level_variant: 'offered',
      kind_precedence: ['report', 'live', 'api', 'load'],
      target_service_level_pct: 80,
      target_abandonment_pct: 5,
      max_wait_seconds: 300,
      queue_count: 0,
      is_active: true,
    });
    expect(await tx.query('select service_code from api.list_services()')).toEqual([{ service_code: 'BILLING' }]);
  });
});

test('a code is taken once', async () => {
  await as(async (tx) => {
    await tx.query(`select api.create_service('BILLING')`);
    await expect(tx.query(`select api.create_service('BILLING')`)).rejects.toMatchObject({ code: 'QH409' });
  });
});

test('a code that a person cannot see the end of is refused', async () => {
  for (const code of ['', ' ', ' X', 'X ', 'x'.repeat(101)])
    await expect(database.api.query('select api.create_service($1)', [code])).rejects.toMatchObject({ code: 'QH400' });
});

test('a time zone must be one that PostgreSQL knows by an IANA name, and gets its proper spelling', async () => {
  for (const zone of ['Europe/Berln', 'UTC+3', 'MSK', 'FOO/BAR+3', '+03:00', ''])
    await expect(database.api.query(`select api.create_service('Z', p_time_zone => $1)`, [zone]), zone).rejects.toMatchObject({ code: 'QH400' });
  await expect(database.api.query(`select api.create_service('Z', p_time_zone => 'Europe/Berln')`)).rejects.toMatchObject({
    hint: expect.stringContaining('Europe/Berlin'),
  });
  await as(async (tx) => {
    expect(await tx.query(`select time_zone from api.create_service('Z', p_time_zone => 'asia/kolkata')`)).toEqual([{ time_zone: 'Asia/Kolkata' }]);
  });
});

test('an update changes what is given and nothing else; an empty description removes it', async () => {
  await as(async (tx) => {
    const [made] = await tx.query<{ service_id: number }>(`select * from api.create_service('A', 'Name', 'What for', 'Europe/Moscow')`);
    const [changed] = await tx.query('select * from api.update_service($1, p_target_service_level_pct => 85.5)', [made!.service_id]);
    expect(changed).toEqual({ ...made, target_service_level_pct: 85.5 });
    const [without] = await tx.query(`select * from api.update_service($1, p_description => '', p_is_active => false)`, [made!.service_id]);
    expect(without).toMatchObject({ description: null, is_active: false, service_name: 'Name' });
    expect(await tx.query('select 1 from api.list_services(p_active => true)')).toEqual([]);
  });
});

test('every setting that cannot be is named at once', async () => {
  await as(async (tx) => {
    await tx.query(`select api.create_service('A')`);
    const wrong = tx.query(
      `select u.* from api.list_services() s, api.update_service(s.service_id, p_kind_precedence => '{report,report,live,api}',
         p_max_wait_seconds => 0, p_target_abandonment_pct => 101, p_service_level_variant => 'fast') u`,
    );
    const error: { code?: string; detail?: string } = await wrong.then(
      () => ({}),
      (reason: object) => reason,
    );
    expect(error.code).toBe('QH400');
    const details = JSON.parse(error.detail ?? '[]') as { path: string }[];
    expect(details.map(({ path }) => path)).toEqual(['service_level_variant', 'kind_precedence', 'target_abandonment_pct', 'max_wait_seconds']);
  });
});

test('an unknown service is 404', async () => {
  await expect(database.api.query('select api.update_service(12345)')).rejects.toMatchObject({ code: 'QH404' });
});

test('the views of seed 001 have its columns first', async () => {
  const columns = async (view: string) => {
    const rows = await database.api.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum`,
      [`api.${view}`],
    );
    return rows.map(({ name }) => name);
  };
  expect((await columns('services')).slice(0, 12)).toEqual(
    'id service_name service_code description target_answer_time target_service_level target_abandonment_rate is_active priority_level max_wait_time created_at updated_at'.split(
      ' ',
    ),
  );
  expect((await columns('groups')).slice(0, 9)).toEqual(
    'id group_name group_code description parent_group_id is_active time_zone created_at updated_at'.split(' '),
  );
  expect(await columns('service_groups')).toEqual('service_id group_id priority is_active created_at'.split(' '));
});
