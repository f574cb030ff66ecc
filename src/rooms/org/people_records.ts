import Type from 'typebox';
import { Day, Moment, Nullable } from '../../platform/contract/operation.ts';

/** What the operations on the organisation answer. */

const text = Type.String();
const maybe = Nullable(Type.String());
const id = Type.Integer();
const maybeId = Nullable(Type.Integer());
const Custom = Type.Object({}, { additionalProperties: true, description: 'values of custom fields by their names' });
const stamps = { created_at: Moment('when it was made'), updated_at: Moment('when it was last changed') };

export const Department = Type.Object({
  department_id: id,
  department_code: text,
  department_name: text,
  department_type: Type.Enum(['company', 'region', 'site', 'department', 'team', 'group']),
  department_path: Type.String({ description: 'the names from the root' }),
  parent_id: maybeId,
  parent_code: maybe,
  hierarchy_path: Type.String({ description: 'the ids from the root' }),
  hierarchy_level: Type.Integer({ minimum: 1, maximum: 10 }),
  manager_id: maybeId,
  manager_number: maybe,
  manager_name: text,
  deputies: Type.Array(Type.Object({ deputy_id: id, employee_id: id, personnel_number: text, name: text, end_date: Day('last day') }), {
    description: 'who stands in for the manager today',
  }),
  site_id: maybeId,
  site_code: maybe,
  time_zone: Type.String({ description: 'that of the site, else the organisation’s' }),
  cost_center_code: maybe,
  participates_in_approval: Type.Boolean(),
  scheduling_authority_level: Type.Enum(['FULL', 'LIMITED', 'VIEW_ONLY', 'NONE']),
  employee_count: Type.Integer({ description: 'employed today in the department itself' }),
  total_employee_count: Type.Integer({ description: 'employed today in it and all below' }),
  child_count: Type.Integer({ description: 'departments directly below' }),
  custom: Custom,
  is_active: Type.Boolean(),
  ...stamps,
});

export const Site = Type.Object({
  site_id: id,
  site_code: text,
  site_name: text,
  site_type: text,
  time_zone: Type.String({ description: 'IANA time zone' }),
  address: maybe,
  city: maybe,
  region: maybe,
  country: maybe,
  phone: maybe,
  primary_department_id: maybeId,
  primary_department: maybe,
  capacity_seats: maybeId,
  operating_hours: Nullable(Type.Object({}, { additionalProperties: true })),
  is_24x7: Type.Boolean(),
  custom: Custom,
  is_active: Type.Boolean(),
  ...stamps,
});

export const Position = Type.Object({
  position_id: id,
  position_code: text,
  position_name: text,
  position_name_en: maybe,
  position_category: maybe,
  min_grade: maybeId,
  max_grade: maybeId,
  requires_certification: Type.Boolean(),
  custom: Custom,
  is_active: Type.Boolean(),
  ...stamps,
});

export const Employee = Type.Object({
  employee_id: id,
  personnel_number: text,
  last_name: text,
  first_name: text,
  middle_name: maybe,
  full_name: text,
  email: Nullable(Type.String({ description: 'masked without people:personal' })),
  phone: Nullable(Type.String({ description: 'masked without people:personal' })),
  hire_date: Day('first day of the present or last employment'),
  leave_date: Nullable(Day('last day')),
  leave_reason: maybe,
  is_active: Type.Boolean({ description: 'employed on the day that was asked for' }),
  department_id: id,
  department_code: text,
  department_name: text,
  department_path: Type.String({ description: 'the names from the root' }),
  team_id: Nullable(Type.Integer({ description: 'the team that the department is or lies in' })),
  team_code: maybe,
  team_name: maybe,
  position_id: maybeId,
  position_code: maybe,
  position_name: maybe,
  site_id: Nullable(Type.Integer({ description: 'their own site, else that of the department' })),
  site_code: maybe,
  site_name: maybe,
  time_zone: Nullable(Type.String({ description: 'that of the site' })),
  supervisor_id: Nullable(Type.Integer({ description: 'who was named; none: the manager of the department' })),
  supervisor_number: maybe,
  supervisor_name: text,
  agent_code: maybe,
  user_id: maybe,
  custom: Custom,
  ...stamps,
});

export const Move = Type.Object({
  history_id: id,
  employee_id: id,
  valid_from: Day('first day'),
  valid_to: Nullable(Day('first day on which it no longer holds; null while no end is known')),
  change_type: Type.Enum(['hire', 'move', 'rehire', 'import', 'reorganisation']),
  change_reason: maybe,
  department_id: id,
  department_code: text,
  department_path: text,
  position_id: maybeId,
  position_code: maybe,
  position_name: maybe,
  site_id: maybeId,
  site_code: maybe,
  site_name: maybe,
  supervisor_id: maybeId,
  supervisor_number: maybe,
  supervisor_name: text,
  changed_by: text,
  batch_id: Nullable(Type.String({ format: 'uuid', description: 'the import that brought it' })),
  created_at: Moment('when it was written'),
});

export const Deputy = Type.Object({
  deputy_id: id,
  department_id: id,
  department_code: text,
  department_name: text,
  deputy_employee_id: id,
  deputy_number: text,
  deputy_name: text,
  start_date: Day('first day'),
  end_date: Day('last day'),
  is_active: Type.Boolean({ description: 'stands in today' }),
  reason: maybe,
  delegation_scope: text,
  cancelled_at: Nullable(Moment('when it was called off before it began')),
  created_by: text,
  created_at: Moment('when it was written'),
});

export const CustomField = Type.Object({
  entity: Type.Enum(['employee', 'department', 'site', 'position']),
  field_name: text,
  title_en: text,
  title_ru: text,
  title_es: text,
  field_type: Type.Enum(['text', 'number', 'date', 'choice', 'boolean']),
  is_required: Type.Boolean(),
  is_personal: Type.Boolean({ description: 'shown only to those who may see personal data' }),
  choices: Nullable(Type.Array(Type.String())),
  ordinal: Type.Integer({ description: 'order on pages and in files' }),
  ...stamps,
});
