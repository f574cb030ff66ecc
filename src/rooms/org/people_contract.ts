import Type from 'typebox';
import { Day, defineOperation } from '../../platform/contract/operation.ts';
import { Code, Custom, InDepartment, optional, read, Text, write } from './people_inputs.ts';
import { Deputy, Employee, Move } from './people_records.ts';

/** Employees, where they belong, and deputies. */

const filters = {
  department: InDepartment,
  team: Type.String({ minLength: 1, description: 'code of a department of type team' }),
  site: Type.String({ minLength: 1, description: 'site code' }),
  position: Type.String({ minLength: 1, description: 'position code' }),
  search: Type.String({ minLength: 1, maxLength: 100, description: 'words of the name, or the beginning of the personnel number' }),
  active_on: Day('as they were (or will be) on this day, and employed on it; default: as they are today, employed or not'),
  active: Type.Boolean({ description: 'only those employed today (or on active_on), or only the others' }),
  led_by: Type.String({ minLength: 1, description: 'personnel number of somebody who leads or deputises for them' }),
  my_team: Type.Boolean({ description: 'only those whom the caller leads or deputises for' }),
};

export const employees = defineOperation({
  ...read,
  name: 'org.employees',
  summary: 'Employees by name',
  description: 'E-mail and phone are masked unless the caller has the scope people:personal.',
  path: '/api/v1/org/employees',
  input: Type.Object(optional(filters)),
  output: Employee,
  result: 'list',
  key: ['last_name', 'first_name', 'employee_id'],
  sql: 'api.list_employees',
  errors: ['bad_request', 'not_found'],
  examples: [
    { title: 'Everybody in a department and below', input: { department: 'CC' } },
    { title: 'Whom somebody leads', input: { led_by: '1001' } },
  ],
});

export const employee = defineOperation({
  ...read,
  name: 'org.employee',
  summary: 'One employee as they are today',
  path: '/api/v1/org/employees/{employee_id}',
  input: Type.Object({ employee_id: Type.Integer() }),
  output: Employee,
  result: 'row',
  sql: 'api.employee',
  errors: ['not_found'],
  positional: ['employee_id'],
  examples: [{ title: 'Anna', input: { employee_id: 1 } }],
});

const personFields = {
  middle_name: Type.String({ maxLength: 100, description: 'second name or patronymic' }),
  email: Type.String({ maxLength: 254, description: 'e-mail address' }),
  phone: Type.String({ maxLength: 50, description: 'phone number' }),
  agent_code: Type.String({ maxLength: 100, description: 'the code under which telephony knows the employee' }),
  user_id: Type.String({ description: 'the user who signs in' }),
  custom: Custom,
};
const placeFields = {
  position: Text('position code'),
  site: Text('site code; none: that of the department'),
  supervisor: Text('personnel number; none: the manager of the department'),
};

export const createEmployee = defineOperation({
  ...write,
  name: 'org.create_employee',
  summary: 'Add an employee',
  method: 'POST',
  path: '/api/v1/org/employees',
  status: 201,
  input: Type.Object({
    personnel_number: Code('by which personnel records know the employee; unique'),
    last_name: Type.String({ minLength: 1, maxLength: 100 }),
    first_name: Type.String({ minLength: 1, maxLength: 100 }),
    hire_date: Day('first day'),
    department: Code('code of the department or team'),
    ...optional({ ...personFields, ...placeFields }),
  }),
  output: Employee,
  result: 'row',
  sql: 'api.create_employee',
  examples: [
    {
      title: 'A new operator',
      input: { personnel_number: '1009', last_name: 'Mora', first_name: 'Inés', hire_date: '2025-03-10', department: 'LINE-1', position: 'OPERATOR' },
    },
  ],
});

export const updateEmployee = defineOperation({
  ...write,
  name: 'org.update_employee',
  summary: 'Change what is known of an employee',
  description: 'Where they belong is changed with org.move_employee.',
  method: 'PATCH',
  path: '/api/v1/org/employees/{employee_id}',
  input: Type.Object({
    employee_id: Type.Integer(),
    ...optional({
      personnel_number: Code('unique'),
      last_name: Type.String({ minLength: 1, maxLength: 100 }),
      first_name: Type.String({ minLength: 1, maxLength: 100 }),
      hire_date: Day('a correction of the first day'),
      ...personFields,
    }),
  }),
  output: Employee,
  result: 'row',
  sql: 'api.update_employee',
  positional: ['employee_id'],
  examples: [{ title: 'Another phone', input: { employee_id: 2, phone: '+49 30 5550123' } }],
});

export const moveEmployee = defineOperation({
  ...write,
  name: 'org.move_employee',
  summary: 'Change where an employee belongs, from a day on',
  description: 'The day may lie in the past or in the future; changes that are planned for later stand. After the last day it employs them again.',
  method: 'POST',
  path: '/api/v1/org/employees/{employee_id}/move',
  input: Type.Object({
    employee_id: Type.Integer(),
    ...optional({
      valid_from: Day('first day; default today'),
      department: Text('code of the department or team'),
      ...placeFields,
      reason: Type.String({ maxLength: 500, description: 'kept in the history' }),
    }),
  }),
  output: Employee,
  result: 'row',
  sql: 'api.move_employee',
  positional: ['employee_id', 'department'],
  examples: [{ title: 'To another team', input: { employee_id: 4, department: 'LINE-2', valid_from: '2025-03-10', reason: 'New line' } }],
});

export const undoMove = defineOperation({
  ...write,
  name: 'org.undo_move',
  summary: 'Take a move back as if it had never been made',
  description: 'Later changes stand. What an import brought goes with the import.',
  method: 'DELETE',
  path: '/api/v1/org/employees/{employee_id}/history/{history_id}',
  input: Type.Object({ employee_id: Type.Integer(), history_id: Type.Integer({ description: 'of org.employee_history' }) }),
  output: Employee,
  result: 'row',
  sql: 'api.undo_move',
  positional: ['employee_id', 'history_id'],
  examples: [{ title: 'He stays in his team', input: { employee_id: 3, history_id: 6 } }],
});

export const dismissEmployee = defineOperation({
  ...write,
  name: 'org.dismiss_employee',
  summary: 'End an employment',
  method: 'POST',
  path: '/api/v1/org/employees/{employee_id}/dismiss',
  input: Type.Object({
    employee_id: Type.Integer(),
    ...optional({ leave_date: Day('last day; default today'), reason: Type.String({ maxLength: 500 }) }),
  }),
  output: Employee,
  result: 'row',
  sql: 'api.dismiss_employee',
  positional: ['employee_id'],
  examples: [{ title: 'At the end of the month', input: { employee_id: 4, leave_date: '2025-03-31' } }],
});

export const undoDismissal = defineOperation({
  ...write,
  name: 'org.undo_dismissal',
  summary: 'Take the last day of an employment back',
  method: 'DELETE',
  path: '/api/v1/org/employees/{employee_id}/dismiss',
  input: Type.Object({ employee_id: Type.Integer() }),
  output: Employee,
  result: 'row',
  sql: 'api.undo_dismissal',
  positional: ['employee_id'],
  examples: [{ title: 'She stays', input: { employee_id: 5 } }],
});

export const employeeHistory = defineOperation({
  ...read,
  name: 'org.employee_history',
  summary: 'Where an employee belonged and will belong, the latest first',
  path: '/api/v1/org/employees/{employee_id}/history',
  input: Type.Object({ employee_id: Type.Integer() }),
  output: Move,
  result: 'list',
  key: ['-valid_from', '-history_id'],
  sql: 'api.employee_history',
  errors: ['not_found'],
  positional: ['employee_id'],
  examples: [{ title: 'Who moved', input: { employee_id: 3 } }],
});

export const exportEmployees = defineOperation({
  ...read,
  name: 'org.export_employees',
  summary: 'Employees as a workbook that can be imported again',
  description: 'The columns of the import org_employees. Personal columns are there only for callers with the scope people:personal.',
  path: '/api/v1/org/employees/export',
  input: Type.Object({ format: Type.Optional(Type.Enum(['xlsx', 'csv'], { default: 'xlsx' })), ...optional(filters) }),
  output: Type.Unsafe<string>({ type: 'string', format: 'binary' }),
  result: 'file',
  errors: ['bad_request', 'not_found'],
  examples: [{ title: 'One department', input: { department: 'CC' } }],
});

export const deputies = defineOperation({
  ...read,
  name: 'org.deputies',
  summary: 'Deputies of departments, the latest first',
  path: '/api/v1/org/deputies',
  input: Type.Object(
    optional({
      department: Type.String({ minLength: 1 }),
      employee: Type.String({ minLength: 1, description: 'personnel number' }),
      active_on: Day('who stands in on this day'),
    }),
  ),
  output: Deputy,
  result: 'list',
  key: ['-start_date', '-deputy_id'],
  sql: 'api.list_deputies',
  errors: ['not_found'],
  examples: [{ title: 'All deputies', input: {} }],
});

export const addDeputy = defineOperation({
  ...write,
  name: 'org.add_deputy',
  summary: 'Name a deputy of a department',
  description:
    'From its first to its last day, at most 365 days, the deputy leads the department and all below it like its manager, with the rights of ' +
    'the manager there. Not for who may see some services, teams or cities only: the manager may see more.',
  method: 'POST',
  changesAll: true,
  path: '/api/v1/org/deputies',
  status: 201,
  input: Type.Object({
    department: Code('department code'),
    employee: Code('personnel number of the deputy'),
    start_date: Day('first day'),
    end_date: Day('last day'),
    ...optional({
      reason: Type.String({ maxLength: 500 }),
      delegation_scope: Type.String({ maxLength: 50, description: 'what is delegated; default FULL' }),
    }),
  }),
  output: Deputy,
  result: 'row',
  sql: 'api.add_deputy',
  positional: ['department', 'employee', 'start_date', 'end_date'],
  examples: [{ title: 'Two weeks', input: { department: 'CC', employee: '1003', start_date: '2025-07-01', end_date: '2025-07-14' } }],
});

export const endDeputy = defineOperation({
  ...write,
  name: 'org.end_deputy',
  summary: 'End a deputyship earlier',
  method: 'POST',
  path: '/api/v1/org/deputies/{deputy_id}/end',
  input: Type.Object({ deputy_id: Type.Integer(), end_date: Type.Optional(Day('last day; default today; before the first day it is called off')) }),
  output: Deputy,
  result: 'row',
  sql: 'api.end_deputy',
  positional: ['deputy_id'],
  examples: [{ title: 'Back earlier', input: { deputy_id: 1, end_date: '2025-03-05' } }],
});

export const peopleOperations = [
  employees,
  employee,
  createEmployee,
  updateEmployee,
  moveEmployee,
  undoMove,
  dismissEmployee,
  undoDismissal,
  employeeHistory,
  exportEmployees,
  deputies,
  addDeputy,
  endDeputy,
] as const;
