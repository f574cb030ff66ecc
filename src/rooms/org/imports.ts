import type { ImportColumn, ImportKind } from '../../platform/imports/kind.ts';

/** Employees, one row each. A column that the file lacks leaves what is there; an empty cell removes it. */
export const employeeColumns: ImportColumn[] = [
  { header: 'Personnel number', aliases: ['personnel_number', 'Табельный номер', 'Número de personal'], name: 'personnel_number', kind: 'text' },
  { header: 'Last name', aliases: ['last_name', 'Фамилия', 'Apellido'], name: 'last_name', kind: 'text' },
  { header: 'First name', aliases: ['first_name', 'Имя', 'Nombre'], name: 'first_name', kind: 'text' },
  {
    header: 'Middle name',
    aliases: ['middle_name', 'Отчество', 'Segundo nombre'],
    name: 'middle_name',
    kind: 'text',
    optional: true,
    nullable: true,
  },
  { header: 'Department', aliases: ['Отдел', 'Подразделение', 'Departamento'], name: 'department', kind: 'text' },
  { header: 'Team', aliases: ['Команда', 'Equipo'], name: 'team', kind: 'text', optional: true, nullable: true },
  { header: 'Position', aliases: ['Должность', 'Puesto'], name: 'position', kind: 'text', optional: true, nullable: true },
  { header: 'Site', aliases: ['Площадка', 'Sede'], name: 'site', kind: 'text', optional: true, nullable: true },
  { header: 'Hire date', aliases: ['hire_date', 'Дата приёма', 'Дата приема', 'Fecha de ingreso'], name: 'hire_date', kind: 'date' },
  {
    header: 'Leave date',
    aliases: ['leave_date', 'Дата увольнения', 'Fecha de baja'],
    name: 'leave_date',
    kind: 'date',
    optional: true,
    nullable: true,
  },
  { header: 'E-mail', aliases: ['email', 'Почта', 'Correo'], name: 'email', kind: 'text', optional: true, nullable: true },
  { header: 'Phone', aliases: ['Телефон', 'Teléfono'], name: 'phone', kind: 'text', optional: true, nullable: true },
  {
    header: 'Agent code',
    aliases: ['agent_code', 'Код оператора', 'Código de agente'],
    name: 'agent_code',
    kind: 'text',
    optional: true,
    nullable: true,
  },
  {
    header: 'Supervisor number',
    aliases: ['supervisor_number', 'Supervisor', 'Номер руководителя', 'Número del supervisor'],
    name: 'supervisor_number',
    kind: 'text',
    optional: true,
    nullable: true,
  },
];

export const orgEmployees: ImportKind = {
  name: 'org_employees',
  title: 'Employees',
  scope: 'people:write',
  columns: employeeColumns,
  moreColumns: 'org.import_columns',
  signature: ['Personnel number', 'Last name'],
  check: 'org.check_employees',
  load: 'org.load_employees',
  example: {
    personnel_number: '1001',
    last_name: 'Petrova',
    first_name: 'Anna',
    department: 'Company / Contact centre',
    team: 'LINE-1',
    position: 'OPERATOR',
    site: 'HQ',
    hire_date: '01.02.2024',
    email: 'anna@example.com',
    phone: '+49 30 5550100',
    agent_code: 'A-1001',
    supervisor_number: '1000',
  },
};

export const importKinds: readonly ImportKind[] = [orgEmployees];
