import type { DataTable } from './data_rule.ts';

/** Rules about the vocabulary, the organisation and imports. */

export const services: DataTable = {
  table: 'services',
  key: ['service_id'],
  moment: null,
  rules: [
    {
      rule: 'services.name_differs_from_code',
      check: 'completeness',
      type: 'missing_name',
      field: 'service_name',
      severity: 'low',
      says: 'A service has a name for people.',
      wrong: 'btrim(t.service_name) = btrim(t.service_code)',
      advice: 'Give the service a name on the page Services.',
    },
    {
      rule: 'services.name_once',
      check: 'uniqueness',
      type: 'duplicate_values',
      field: 'service_name',
      severity: 'medium',
      says: 'No two services bear the same name.',
      rows: `select d.service_id, d.service_code, d.service_name from (
          select t.*, count(*) over (partition by lower(btrim(t.service_name))) as same from api.services t) d
        where d.same > 1 and $1::timestamptz < $2::timestamptz order by 3, 1`,
      advice: 'Merge them when they are two spellings of one service (page Services, Merge); else name them apart.',
    },
  ],
};

export const agents: DataTable = {
  table: 'agents',
  key: ['agent_id', 'agent_code'],
  moment: null,
  rules: [
    {
      rule: 'agents.named',
      check: 'completeness',
      type: 'missing_name',
      field: 'first_name',
      severity: 'low',
      says: 'An agent has a name besides the code.',
      wrong: 't.name = t.agent_code',
      advice: 'Link the agent to an employee, or give a name in the telephony export.',
    },
    {
      rule: 'agents.without_employee',
      check: 'completeness',
      type: 'unlinked_agent',
      field: 'employee_id',
      severity: 'medium',
      says: 'An active agent is an employee.',
      wrong: 't.is_active and t.employee_id is null',
      advice: 'Give the employee this agent code on the page Employees.',
    },
  ],
};

export const employees: DataTable = {
  table: 'employees',
  key: ['employee_id', 'personnel_number'],
  moment: null,
  rules: [
    {
      rule: 'employees.department_known',
      check: 'completeness',
      type: 'null_values',
      field: 'department_id',
      severity: 'high',
      says: 'An active employee belongs to a department.',
      wrong: 't.is_active and t.department_id is null',
      advice: 'Place the employee on the page Employees.',
    },
    {
      rule: 'employees.names_trimmed',
      check: 'consistency',
      type: 'stray_spaces',
      field: 'last_name, first_name',
      severity: 'low',
      says: 'Names have no spaces at their ends or in a row.',
      wrong: String.raw`t.last_name || '|' || t.first_name ~ '(^|\|)\s|\s(\||$)|\s\s'`,
      advice: 'Correct the name on the page Employees, or in the file that is imported.',
    },
    {
      rule: 'employees.leave_after_hire',
      check: 'accuracy',
      type: 'logical_inconsistency',
      field: 'hire_date, leave_date',
      severity: 'critical',
      says: 'Nobody leaves before they are hired.',
      wrong: 't.leave_date < t.hire_date',
      advice: 'Correct the dates on the page Employees.',
    },
    {
      rule: 'employees.person_once',
      check: 'uniqueness',
      type: 'duplicate_values',
      field: 'personnel_number',
      severity: 'medium',
      says: 'A person is there once among those who work now.',
      rows: `select d.employee_id, d.personnel_number, d.hire_date from (
          select t.*, count(*) over (partition by lower(t.last_name), lower(t.first_name), lower(coalesce(t.middle_name, '')), t.hire_date) as same
          from api.employees t where t.is_active) d
        where d.same > 1 and $1::timestamptz < $2::timestamptz order by 1`,
      advice: 'Two numbers for one person: dismiss one of them, or tell them apart by the middle name.',
    },
  ],
};

export const departments: DataTable = {
  table: 'departments',
  key: ['department_id', 'department_code'],
  moment: null,
  rules: [
    {
      rule: 'departments.manager_known',
      check: 'completeness',
      type: 'null_values',
      field: 'manager_id',
      severity: 'low',
      says: 'A department has a manager.',
      wrong: 't.is_active and t.manager_id is null',
      advice: 'Name a manager on the page Organisation; requests are approved by them.',
    },
  ],
};

export const importBatches: DataTable = {
  table: 'import_batches',
  key: ['id'],
  moment: 'created_at',
  rules: [
    {
      rule: 'import_batches.not_failed',
      check: 'completeness',
      type: 'failed_import',
      field: 'status',
      severity: 'high',
      says: 'No file failed to import.',
      wrong: `t.status = 'failed'`,
      advice: 'Open the batch on the page Import: it says what to correct. Import the corrected file.',
    },
    {
      rule: 'import_batches.no_rejected_rows',
      check: 'accuracy',
      type: 'rejected_rows',
      field: 'status',
      severity: 'medium',
      says: 'No row of a file was rejected.',
      wrong: `t.status = 'completed_with_errors'`,
      advice: 'The rejected rows are in quarantine, each with what to do; correct them in the file and import it again.',
    },
    {
      rule: 'import_batches.not_stuck',
      check: 'timeliness',
      type: 'stuck_import',
      field: 'status',
      severity: 'high',
      says: 'No import runs for longer than an hour.',
      wrong: `t.status in ('queued', 'running') and t.created_at < platform.now() - interval '1 hour'`,
      advice: 'Look at the log of the server; after a restart the import is taken up again from its file.',
    },
  ],
};
