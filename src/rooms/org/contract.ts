import Type from 'typebox';
import { defineOperation, Nullable } from '../../platform/contract/operation.ts';
import { customOperations } from './custom_contract.ts';
import { departmentOperations } from './departments_contract.ts';
import { peopleOperations } from './people_contract.ts';
import { siteOperations } from './sites_contract.ts';

export * from './custom_contract.ts';
export * from './departments_contract.ts';
export * from './people_contract.ts';
export * from './sites_contract.ts';

export const serviceLevelVariants = ['offered', 'offered_without_short_abandons', 'handled', 'handled_and_abandoned_in_threshold'] as const;
const sourceKinds = ['report', 'live', 'api', 'load'] as const;

const Kind = Type.Enum([...sourceKinds]);
const Time = Type.String({ format: 'date-time' });
const MomentText = (description: string) => Type.String({ description: `${description}; ISO 8601, without an offset in the service's zone` });

const settings = {
  description: Type.String({ maxLength: 2000, description: 'what customers call it for; empty text removes it' }),
  time_zone: Type.String({ description: 'IANA time zone of its days and months', examples: ['Asia/Yekaterinburg'] }),
  service_level_threshold_seconds: Type.Integer({ description: 'a call answered within this is in service level', minimum: 1, maximum: 3600 }),
  service_level_variant: Type.Enum([...serviceLevelVariants], { description: 'what the service level divides by' }),
  kind_precedence: Type.Array(Kind, { minItems: 4, maxItems: 4, description: 'which kind of source counts first where kinds overlap' }),
  target_service_level_pct: Type.Number({ minimum: 0, maximum: 100, description: 'target, per cent' }),
  target_abandonment_pct: Type.Number({ minimum: 0, maximum: 100, description: 'most that may abandon, per cent' }),
  max_wait_seconds: Type.Integer({ minimum: 1, description: 'longest wait that is acceptable' }),
  priority_level: Type.Integer({ description: 'higher is more important' }),
};
const optional = <T extends Record<string, Type.TSchema>>(fields: T) =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Type.Optional(schema)])) as {
    [K in keyof T]: Type.TOptional<T[K]>;
  };
const Code = Type.String({ minLength: 1, maxLength: 100, description: 'short unique name' });
const Name = Type.String({ minLength: 1, maxLength: 200, description: 'name for people; the code when left out' });

export const Service = Type.Object({
  service_id: Type.Integer(),
  service_code: Type.String(),
  service_name: Type.String(),
  ...settings,
  description: Nullable(Type.String()),
  is_active: Type.Boolean(),
  is_demo: Type.Boolean(),
  queue_count: Type.Integer(),
  created_at: Time,
  updated_at: Time,
});

export const Queue = Type.Object({
  group_id: Type.Integer(),
  group_code: Type.String(),
  group_name: Type.String(),
  service_id: Type.Integer(),
  service_code: Type.String(),
  description: Nullable(Type.String()),
  service_type: Type.String(),
  priority: Type.Integer(),
  is_active: Type.Boolean(),
  created_at: Time,
  updated_at: Time,
});

export const Source = Type.Object({
  source_id: Type.Integer(),
  service_id: Type.Integer(),
  service_code: Type.String(),
  kind: Kind,
  external_name: Type.String({ description: "letter by letter as the foreign system writes it; empty for the service's own total" }),
  stamp_meaning: Type.Enum(['start', 'end']),
  is_total: Type.Boolean(),
  is_mapped: Type.Boolean(),
  group_id: Nullable(Type.Integer()),
  queue: Nullable(Type.String({ description: 'code of the queue that it is mapped to now' })),
  queue_name: Nullable(Type.String()),
  mappings: Type.Array(
    Type.Object({
      valid_from: Nullable(Type.String({ format: 'date-time', description: 'null: from the beginning' })),
      group_id: Nullable(Type.Integer()),
      queue: Nullable(Type.String()),
    }),
  ),
  created_at: Time,
});

export const services = defineOperation({
  name: 'org.services',
  summary: 'Services with their settings',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/org/services',
  input: Type.Object({ active: Type.Optional(Type.Boolean({ description: 'only active ones, or only inactive ones' })) }),
  output: Service,
  result: 'list',
  key: ['service_code'],
  sql: 'api.list_services',
  examples: [{ title: 'All services', input: {} }],
});

export const createService = defineOperation({
  name: 'org.create_service',
  summary: 'Make a service',
  scope: 'org:write',
  changesAll: true,
  method: 'POST',
  path: '/api/v1/org/services',
  status: 201,
  input: Type.Object({ service_code: Code, service_name: Type.Optional(Name), ...optional(settings) }),
  output: Service,
  result: 'row',
  sql: 'api.create_service',
  errors: ['bad_request', 'conflict'],
  positional: ['service_code'],
  examples: [{ title: 'A service in Yekaterinburg', input: { service_code: 'BILLING', service_name: 'Billing', time_zone: 'Asia/Yekaterinburg' } }],
});

export const updateService = defineOperation({
  name: 'org.update_service',
  summary: 'Change a service',
  description: "What is not given stays. A new time zone or precedence re-counts the service's history.",
  scope: 'org:write',
  method: 'PATCH',
  path: '/api/v1/org/services/{service_id}',
  input: Type.Object({
    service_id: Type.Integer(),
    service_code: Type.Optional(Code),
    service_name: Type.Optional(Name),
    ...optional(settings),
    is_active: Type.Optional(Type.Boolean()),
  }),
  output: Service,
  result: 'row',
  sql: 'api.update_service',
  errors: ['bad_request', 'not_found', 'conflict'],
  positional: ['service_id'],
  examples: [{ title: 'A stricter target', input: { service_id: 1, target_service_level_pct: 85, service_level_threshold_seconds: 15 } }],
});

export const queues = defineOperation({
  name: 'org.queues',
  summary: 'Queues of a service, or of all',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/org/queues',
  input: Type.Object({ service: Type.Optional(Type.String({ description: 'service code' })) }),
  output: Queue,
  result: 'list',
  key: ['service_code', 'group_code'],
  sql: 'api.list_queues',
  errors: ['not_found'],
  examples: [{ title: 'Queues of one service', input: { service: 'SUPPORT' } }],
});

const queueSettings = {
  group_name: Name,
  description: Type.String({ maxLength: 2000, description: 'empty text removes it' }),
  service_type: Type.String({ minLength: 1, description: 'for instance sales, support' }),
  priority: Type.Integer({ description: 'higher is more important; 3 unless given' }),
};

export const createQueue = defineOperation({
  name: 'org.create_queue',
  summary: 'Make a queue of a service',
  scope: 'org:write',
  method: 'POST',
  path: '/api/v1/org/queues',
  status: 201,
  input: Type.Object({ service: Type.String({ description: 'service code' }), group_code: Code, ...optional(queueSettings) }),
  output: Queue,
  result: 'row',
  sql: 'api.create_queue',
  errors: ['bad_request', 'not_found', 'conflict'],
  positional: ['service', 'group_code'],
  examples: [{ title: 'A queue for important customers', input: { service: 'SUPPORT', group_code: 'VIP', priority: 5 } }],
});

export const updateQueue = defineOperation({
  name: 'org.update_queue',
  summary: 'Change a queue',
  description: 'What is not given stays.',
  scope: 'org:write',
  method: 'PATCH',
  path: '/api/v1/org/queues/{group_id}',
  input: Type.Object({
    group_id: Type.Integer(),
    group_code: Type.Optional(Code),
    ...optional(queueSettings),
    is_active: Type.Optional(Type.Boolean()),
  }),
  output: Queue,
  result: 'row',
  sql: 'api.update_queue',
  errors: ['bad_request', 'not_found', 'conflict'],
  positional: ['group_id'],
  examples: [{ title: 'Another name', input: { group_id: 1, group_name: 'First line' } }],
});

export const sources = defineOperation({
  name: 'org.sources',
  summary: 'Sources of figures, with the queue of each and its history',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/org/sources',
  input: Type.Object({
    service: Type.Optional(Type.String({ description: 'service code' })),
    unmapped: Type.Optional(Type.Boolean({ description: 'only names that belong to no queue, or only the others' })),
  }),
  output: Source,
  result: 'list',
  key: ['service_code', 'kind', 'external_name'],
  sql: 'api.list_sources',
  errors: ['not_found'],
  examples: [{ title: 'Names that still need a queue', input: { unmapped: true } }],
});

export const mapSource = defineOperation({
  name: 'org.map_source',
  summary: 'Point a source to a queue',
  description:
    'Without valid_from the whole history moves; with it, what lies before stays where it is. Neither queue nor group_id: the source ' +
    'belongs to no queue from then on. Nothing is lost: map it back, or remove the mapping. A source that was re-pointed on dates is ' +
    'mapped as a whole only with replace.',
  scope: 'org:write',
  method: 'POST',
  path: '/api/v1/org/sources/{source_id}/mappings',
  input: Type.Object({
    source_id: Type.Integer(),
    queue: Type.Optional(Nullable(Type.String({ description: "code of a queue of the source's service" }))),
    group_id: Type.Optional(Nullable(Type.Integer({ description: 'or its id' }))),
    valid_from: Type.Optional(MomentText('from when on')),
    replace: Type.Optional(Type.Boolean({ description: 'forget mappings with dates' })),
  }),
  output: Source,
  result: 'row',
  sql: 'api.map_source',
  errors: ['bad_request', 'not_found', 'conflict'],
  positional: ['source_id', 'queue'],
  examples: [{ title: 'A name that a report brought', input: { source_id: 4, queue: 'LINE_2', valid_from: '2025-03-02' } }],
});

export const unmapSource = defineOperation({
  name: 'org.unmap_source',
  summary: 'Remove a mapping, so that the one before holds again',
  scope: 'org:write',
  method: 'DELETE',
  path: '/api/v1/org/sources/{source_id}/mappings',
  input: Type.Object({
    source_id: Type.Integer(),
    valid_from: Type.Optional(MomentText('where the mapping begins; left out: the one from the beginning')),
  }),
  output: Source,
  result: 'row',
  sql: 'api.unmap_source',
  errors: ['bad_request', 'not_found'],
  positional: ['source_id'],
  examples: [{ title: 'Back to not mapped', input: { source_id: 2 } }],
});

export const updateSource = defineOperation({
  name: 'org.update_source',
  summary: 'Say whether a source stamps the start or the end of its intervals',
  description: 'Holds for imports from now on; rows that are there stay.',
  scope: 'org:write',
  method: 'PATCH',
  path: '/api/v1/org/sources/{source_id}',
  input: Type.Object({ source_id: Type.Integer(), stamp_meaning: Type.Enum(['start', 'end']) }),
  output: Source,
  result: 'row',
  sql: 'api.update_source',
  errors: ['bad_request', 'not_found'],
  positional: ['source_id'],
  examples: [{ title: 'Stamps are ends', input: { source_id: 2, stamp_meaning: 'end' } }],
});

export const operations = [
  services,
  createService,
  updateService,
  queues,
  createQueue,
  updateQueue,
  sources,
  mapSource,
  unmapSource,
  updateSource,
  ...departmentOperations,
  ...siteOperations,
  ...peopleOperations,
  ...customOperations,
];

/** Functions of schema api that are no operation, with the reason. */
export const sqlOnly: Record<string, string> = {};
