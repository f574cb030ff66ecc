import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';

const database = await testDatabase();
await database.db.query(`select org.create_service('SUPPORT'), org.create_service('SALES')`);

test('a queue belongs to one service, and its code is taken once there', async () => {
  await database.inTransaction(async (tx) => {
    const [made] = await tx.query(`select * from api.create_queue('SUPPORT', 'LINE_1', p_priority => 5)`);
    expect(made).toMatchObject({
      group_code: 'LINE_1',
      group_name: 'LINE_1',
      service_code: 'SUPPORT',
      service_type: 'general',
      priority: 5,
      is_active: true,
    });
    await tx.query(`select api.create_queue('SALES', 'LINE_1')`);
    expect(await tx.query(`select service_code, group_code from api.list_queues()`)).toEqual([
      { service_code: 'SALES', group_code: 'LINE_1' },
      { service_code: 'SUPPORT', group_code: 'LINE_1' },
    ]);
    expect(await tx.query(`select group_code from api.list_queues('SUPPORT')`)).toEqual([{ group_code: 'LINE_1' }]);
    await expect(tx.query(`select api.create_queue('SUPPORT', 'LINE_1')`)).rejects.toMatchObject({ code: 'QH409' });
  }, 'api');
});

test('an update changes what is given', async () => {
  await database.inTransaction(async (tx) => {
    const [made] = await tx.query<{ group_id: number }>(`select * from api.create_queue('SUPPORT', 'LINE_1', 'First', 'For all')`);
    expect(await tx.query(`select * from api.update_queue($1, p_group_name => 'Front')`, [made!.group_id])).toMatchObject([
      { ...made, group_name: 'Front' },
    ]);
    await tx.query(`select api.create_queue('SUPPORT', 'LINE_2')`);
    await expect(tx.query(`select api.update_queue($1, p_group_code => 'LINE_2')`, [made!.group_id])).rejects.toMatchObject({ code: 'QH409' });
  }, 'api');
});

test('an unknown service or queue is 404 and the nearest codes are named', async () => {
  await expect(database.api.query(`select * from api.list_queues('SUPORT')`)).rejects.toMatchObject({
    code: 'QH404',
    hint: expect.stringContaining('SUPPORT'),
  });
  await expect(database.api.query('select * from api.update_queue(999)')).rejects.toMatchObject({ code: 'QH404' });
});

test('project ВТМ has 32 queues: six with names, 26 with numbers; asking twice adds none', async () => {
  await database.inTransaction(async (tx) => {
    const [vtm] = await tx.query<{ id: number }>(`select org.create_service('VTM') as id`);
    expect(await tx.query('select org.create_vtm_queues($1) as made', [vtm!.id])).toEqual([{ made: 32 }]);
    expect(await tx.query('select org.create_vtm_queues($1) as made', [vtm!.id])).toEqual([{ made: 0 }]);
    const queues = await tx.query<{ group_code: string; group_name: string; service_type: string; priority: number }>(
      `select group_code, group_name, service_type, priority from api.list_queues('VTM')`,
    );
    expect(queues).toHaveLength(32);
    expect(queues.filter(({ service_type }) => service_type === 'general').map(({ group_code }) => group_code)).toEqual(
      Array.from({ length: 26 }, (_, n) => `VTM_QUEUE_${String(n + 7).padStart(2, '0')}`),
    );
    expect(queues.find(({ group_code }) => group_code === 'VTM_VIP_01')).toEqual({
      group_code: 'VTM_VIP_01',
      group_name: 'ВТМ VIP',
      service_type: 'vip_support',
      priority: 5,
    });
    expect(queues.find(({ group_code }) => group_code === 'VTM_QUEUE_07')).toMatchObject({ group_name: 'ВТМ Очередь 7', priority: 3 });
  });
});
