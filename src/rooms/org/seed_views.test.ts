import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadPeople } from '../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadPeople(database);
database.setNow('2025-03-03T12:00:00Z');

const views = [
  ['departments', 5],
  ['sites', 1],
  ['positions', 2],
  ['employees', 5],
  ['department_deputies', 1],
  ['employee_org_history', 6],
  ['agents', 3],
  ['organization_hierarchy', 5],
  ['location_management', 1],
  ['team_structures', 2],
  ['reporting_relationships', 5],
] as const;

test.each(views)('api.%s holds the organisation', async (view, rows) => {
  expect(await database.api.query(`select * from api.${view}`)).toHaveLength(rows);
});

test('every column of the seeds is there', async () => {
  const has = async (view: string, columns: string) => expect(await database.api.query(`select ${columns} from api.${view} limit 1`)).toHaveLength(1);
  await has(
    'agents',
    'id, agent_code, first_name, last_name, email, employee_id, hire_date, is_active, primary_group_id, default_shift_start, default_shift_end, time_zone, created_at, updated_at',
  );
  await has('agents', 'id, name, email, status, current_workload, created_at, updated_at');
  await has(
    'departments',
    'manager_id, deputy_manager_id, location, time_zone, participates_in_approval, scheduling_authority_level, hierarchy_path, hierarchy_level, employee_count',
  );
  await has(
    'employee_org_history',
    'history_id, employee_id, department_id, position_id, site_id, manager_id, change_date, change_type, change_reason, created_by, created_at',
  );
});

test('an agent is called by the employee behind the code; the deputy of today stands beside the manager', async () => {
  expect(await database.api.query(`select agent_code, name, employee_id, email, is_active from api.agents where agent_code = 'A-1002'`)).toEqual([
    { agent_code: 'A-1002', name: 'Anna Petrova', employee_id: '1002', email: 'a***@…', is_active: true },
  ]);
  expect(await database.api.query(`select deputy_manager_id, location from api.departments where department_code = 'LINE-2'`)).toEqual([
    { deputy_manager_id: 2, location: null },
  ]);
  expect(
    await database.api.query(
      'select employee_id, manager_id, relationship_type from api.reporting_relationships where effective_until is null order by 1',
    ),
  ).toEqual([
    { employee_id: 2, manager_id: 1, relationship_type: 'department_manager' },
    { employee_id: 3, manager_id: 1, relationship_type: 'department_manager' },
    { employee_id: 4, manager_id: 2, relationship_type: 'supervisor' },
  ]);
});
