import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';

const database = await testDatabase();

test('the demo fills every table and view of the organisation, once, and goes without a trace', async () => {
  await database.inTransaction(async (tx) => {
    expect(await tx.query('select org.create_demo_people() as people')).toEqual([{ people: 63 }]);
    expect(await tx.query('select org.create_demo_people() as people')).toEqual([{ people: 0 }]);
    const views = ['departments', 'sites', 'positions', 'employees', 'department_deputies', 'employee_org_history', 'agents'];
    for (const view of [...views, 'organization_hierarchy', 'location_management', 'team_structures', 'reporting_relationships'])
      expect(await tx.query(`select from api.${view} limit 1`), view).toHaveLength(1);
    expect(await tx.query('select org.remove_demo_people() as people')).toEqual([{ people: 63 }]);
    for (const view of views) expect(await tx.query(`select from api.${view}`), view).toEqual([]);
  });
});

test('a demo that somebody built on stays as it is', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query('select org.create_demo_people()');
    await tx.query(`select api.create_employee('1', 'Own', 'Person', '2025-01-01', 'DEMO-VTM')`);
    expect(await tx.query('select org.remove_demo_people() as people')).toEqual([{ people: 0 }]);
    expect(await tx.query('select count(*)::int as people from api.employees')).toEqual([{ people: 64 }]);
  });
});
