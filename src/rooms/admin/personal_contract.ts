import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Erasing people, and how long what is personal is kept. */

export const erasePerson = defineOperation({
  name: 'admin.erase_person',
  summary: 'Erase what is personal of an employee or of somebody who signs in, for good',
  description:
    'Names, addresses, phones and fields of their own are replaced wherever they stand; figures, history and the audit stay, without the name. An employee’s sign-in is erased with them. The answer is the certificate; the audit keeps it. Files of exports made before are no longer given, and no import brings the employee back. Backups made before still hold the data until they are thinned out.',
  scope: 'admin:write',
  changesAll: true,
  method: 'POST',
  path: '/api/v1/admin/people/erase',
  input: Type.Object({
    employee_id: Type.Optional(Type.Integer({ description: 'the employee; or user_id' })),
    user_id: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: 'somebody who signs in and is no employee' })),
    confirm: Type.Enum(['erase'], { description: 'erase: it cannot be taken back' }),
    reason: Type.Optional(Type.String({ maxLength: 200, description: 'kept in the certificate; no names' })),
  }),
  output: Type.Object({
    employee_id: Nullable(Type.Integer()),
    user_id: Nullable(Type.String()),
    erased_at: Moment('When it was done'),
    reason: Nullable(Type.String()),
    replaced: Type.Array(Type.Object({ table: Type.String(), column: Type.String(), rows: Type.Integer() })),
    sha256: Type.String({ description: 'of the certificate without this field, as JSON' }),
  }),
  result: 'row',
  errors: ['not_found', 'bad_request', 'conflict'],
  examples: [{ title: 'Somebody asked for it', input: { employee_id: 5, confirm: 'erase', reason: 'request of 12 March' } }],
});

const days = (what: string) => Nullable(Type.Integer({ minimum: 1, maximum: 36_500, description: `days for which ${what}; null: for good` }));
const retentionFields = {
  former_employees: days('what is personal of an employee is kept after the last day'),
  sign_in_failures: days('failed sign-ins are kept with their addresses'),
  idempotency_keys: days('answers to repeated requests are kept'),
  invitations: days('used and expired links are kept'),
};
const Retention = Type.Object(retentionFields);

export const retention = defineOperation({
  name: 'admin.retention',
  summary: 'How long what is personal is kept',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/retention',
  input: Type.Object({}),
  output: Retention,
  result: 'row',
  examples: [{ title: 'The present rules', input: {} }],
});

export const setRetention = defineOperation({
  name: 'admin.set_retention',
  summary: 'Change how long what is personal is kept; done every night',
  scope: 'admin:write',
  changesAll: true,
  method: 'PATCH',
  path: '/api/v1/admin/retention',
  input: Type.Object(
    Object.fromEntries(Object.entries(retentionFields).map(([name, schema]) => [name, Type.Optional(schema)])) as {
      [Name in keyof typeof retentionFields]: ReturnType<typeof Type.Optional<(typeof retentionFields)[Name]>>;
    },
  ),
  output: Retention,
  result: 'row',
  examples: [{ title: 'Three years after the last day', input: { former_employees: 1095 } }],
});

export const operations = [erasePerson, retention, setRetention];
