import Type from 'typebox';
import { defineOperation } from '../../platform/contract/operation.ts';
import { Active, Code, Custom, InDepartment, Name, optional, read, Search, Text, write } from './people_inputs.ts';
import { Department } from './people_records.ts';

/** Departments and teams: one tree. */

const departmentType = Type.Enum(['company', 'region', 'site', 'department', 'team', 'group']);
const departmentFields = {
  manager: Text('personnel number of the employee who leads it'),
  site: Text('code of the site that it is at'),
  cost_center_code: Text('for accounting'),
  participates_in_approval: Type.Boolean({ description: 'whether its manager approves requests' }),
  scheduling_authority_level: Type.Enum(['FULL', 'LIMITED', 'VIEW_ONLY', 'NONE'], { description: 'what its manager may do with schedules' }),
  custom: Custom,
};

export const departments = defineOperation({
  ...read,
  name: 'org.departments',
  summary: 'Departments, in the order of the tree',
  path: '/api/v1/org/departments',
  input: Type.Object(optional({ department: InDepartment, department_type: departmentType, search: Search, active: Active })),
  output: Department,
  result: 'list',
  key: ['department_path', 'department_id'],
  sql: 'api.list_departments',
  errors: ['not_found'],
  examples: [
    { title: 'The whole tree', input: {} },
    { title: 'The teams of one department', input: { department: 'CC', department_type: 'team' } },
  ],
});

export const createDepartment = defineOperation({
  ...write,
  name: 'org.create_department',
  summary: 'Make a department or team',
  method: 'POST',
  path: '/api/v1/org/departments',
  status: 201,
  input: Type.Object({
    department_code: Code('short unique name'),
    department_name: Name('name for people, unique among its neighbours'),
    ...optional({ department_type: departmentType, parent: Text('code of the department above; none: at the root'), ...departmentFields }),
  }),
  output: Department,
  result: 'row',
  sql: 'api.create_department',
  positional: ['department_code', 'department_name'],
  examples: [{ title: 'A team', input: { department_code: 'LINE-3', department_name: 'Line three', department_type: 'team', parent: 'CC' } }],
});

export const updateDepartment = defineOperation({
  ...write,
  name: 'org.update_department',
  summary: 'Change a department',
  method: 'PATCH',
  path: '/api/v1/org/departments/{department_id}',
  input: Type.Object({
    department_id: Type.Integer(),
    ...optional({
      department_code: Code('short unique name'),
      department_name: Name('name for people'),
      department_type: departmentType,
      ...departmentFields,
      is_active: Type.Boolean(),
    }),
  }),
  output: Department,
  result: 'row',
  sql: 'api.update_department',
  positional: ['department_id'],
  examples: [{ title: 'Another manager', input: { department_id: 3, manager: '1003' } }],
});

export const moveDepartment = defineOperation({
  ...write,
  name: 'org.move_department',
  summary: 'Move a department with all below it',
  description: 'Never into itself, and never deeper than 10 levels.',
  method: 'POST',
  path: '/api/v1/org/departments/{department_id}/move',
  input: Type.Object({ department_id: Type.Integer(), parent: Type.Optional(Text('code of the department above; none: at the root')) }),
  output: Department,
  result: 'row',
  sql: 'api.move_department',
  positional: ['department_id', 'parent'],
  examples: [{ title: 'A team to the back office', input: { department_id: 4, parent: 'BACK' } }],
});

export const deleteDepartment = defineOperation({
  ...write,
  name: 'org.delete_department',
  summary: 'Delete a department',
  description: 'Only when nobody and nothing is in it, or with move_to, where people and departments go. The history of employees keeps its name.',
  method: 'DELETE',
  path: '/api/v1/org/departments/{department_id}',
  input: Type.Object({
    department_id: Type.Integer(),
    move_to: Type.Optional(Type.String({ description: 'code of the department that takes over' })),
  }),
  output: Type.Object({ department_id: Type.Integer(), employees_moved: Type.Integer(), departments_moved: Type.Integer() }),
  result: 'row',
  sql: 'api.delete_department',
  positional: ['department_id'],
  examples: [{ title: 'A team whose people go to another one', input: { department_id: 4, move_to: 'LINE-1' } }],
});

export const departmentOperations = [departments, createDepartment, updateDepartment, moveDepartment, deleteDepartment] as const;
