import Type from 'typebox';
import { defineOperation } from '../../platform/contract/operation.ts';
import { Active, Code, Custom, Name, optional, read, Search, Text, write } from './people_inputs.ts';
import { Position, Site } from './people_records.ts';

/** Places where people work, and what they can be employed as. */

const siteFields = {
  site_type: Text('for instance office, home'),
  address: Text('street and house'),
  city: Text('city'),
  region: Text('region'),
  country: Text('country'),
  phone: Text('phone of the place'),
  primary_department: Text('code of the department at home there'),
  capacity_seats: Type.Integer({ minimum: 0, description: 'seats' }),
  operating_hours: Type.Object({}, { additionalProperties: true, description: 'opening hours by day of the week: {"mon": "08:00-20:00"}' }),
  is_24x7: Type.Boolean({ description: 'open day and night' }),
  custom: Custom,
};
const zone = Type.String({ description: 'IANA time zone', examples: ['Asia/Yekaterinburg'] });

export const sites = defineOperation({
  ...read,
  name: 'org.sites',
  summary: 'Sites with their time zones',
  path: '/api/v1/org/sites',
  input: Type.Object(optional({ search: Search, active: Active })),
  output: Site,
  result: 'list',
  key: ['site_code'],
  sql: 'api.list_sites',
  examples: [{ title: 'All sites', input: {} }],
});

export const createSite = defineOperation({
  ...write,
  name: 'org.create_site',
  summary: 'Make a site',
  method: 'POST',
  path: '/api/v1/org/sites',
  status: 201,
  input: Type.Object({ site_code: Code('short unique name'), site_name: Name('name for people'), time_zone: zone, ...optional(siteFields) }),
  output: Site,
  result: 'row',
  sql: 'api.create_site',
  positional: ['site_code', 'site_name', 'time_zone'],
  examples: [{ title: 'A second place', input: { site_code: 'EKB', site_name: 'Yekaterinburg', time_zone: 'Asia/Yekaterinburg' } }],
});

export const updateSite = defineOperation({
  ...write,
  name: 'org.update_site',
  summary: 'Change a site',
  method: 'PATCH',
  path: '/api/v1/org/sites/{site_id}',
  input: Type.Object({
    site_id: Type.Integer(),
    ...optional({
      site_code: Code('short unique name'),
      site_name: Name('name for people'),
      time_zone: zone,
      ...siteFields,
      is_active: Type.Boolean(),
    }),
  }),
  output: Site,
  result: 'row',
  sql: 'api.update_site',
  positional: ['site_id'],
  examples: [{ title: 'More seats', input: { site_id: 1, capacity_seats: 60 } }],
});

const positionFields = {
  position_name_en: Text('name in English'),
  position_category: Text('for instance operator, manager'),
  min_grade: Type.Integer(),
  max_grade: Type.Integer(),
  requires_certification: Type.Boolean(),
  custom: Custom,
};

export const positions = defineOperation({
  ...read,
  name: 'org.positions',
  summary: 'Positions',
  path: '/api/v1/org/positions',
  input: Type.Object(optional({ search: Search, active: Active })),
  output: Position,
  result: 'list',
  key: ['position_code'],
  sql: 'api.list_positions',
  examples: [{ title: 'All positions', input: {} }],
});

export const createPosition = defineOperation({
  ...write,
  name: 'org.create_position',
  changesAll: true,
  summary: 'Make a position',
  method: 'POST',
  path: '/api/v1/org/positions',
  status: 201,
  input: Type.Object({ position_code: Code('short unique name'), position_name: Name('name for people'), ...optional(positionFields) }),
  output: Position,
  result: 'row',
  sql: 'api.create_position',
  positional: ['position_code', 'position_name'],
  examples: [{ title: 'Senior operators', input: { position_code: 'SENIOR', position_name: 'Senior operator' } }],
});

export const updatePosition = defineOperation({
  ...write,
  name: 'org.update_position',
  changesAll: true,
  summary: 'Change a position',
  method: 'PATCH',
  path: '/api/v1/org/positions/{position_id}',
  input: Type.Object({
    position_id: Type.Integer(),
    ...optional({ position_code: Code('short unique name'), position_name: Name('name for people'), ...positionFields, is_active: Type.Boolean() }),
  }),
  output: Position,
  result: 'row',
  sql: 'api.update_position',
  positional: ['position_id'],
  examples: [{ title: 'A grade', input: { position_id: 1, min_grade: 1, max_grade: 3 } }],
});

export const siteOperations = [sites, createSite, updateSite, positions, createPosition, updatePosition] as const;
