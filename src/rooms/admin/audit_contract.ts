import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Who did what. */

const filters = {
  principal: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'id of a person or key, or a login' })),
  operation: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'an operation, or a room with a point at the end: org.' })),
  object: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'what was changed, such as service_id=3' })),
  from: Type.Optional(Moment('from this moment on')),
  to: Type.Optional(Moment('before this moment')),
};

const Entry = Type.Object({
  seq: Type.Integer({ description: 'number in the chain, without gaps' }),
  at: Moment('When it was done'),
  principal_kind: Type.String({ description: 'user, key, session (a browser signed in with a key), local (command line), sql (a SQL login) or job' }),
  principal_id: Type.String(),
  principal_name: Nullable(Type.String({ description: 'present name of the person, or what the key is called' })),
  operation: Type.String(),
  object: Nullable(Type.String({ description: 'what was changed' })),
  before: Type.Unknown({ description: 'the fields that changed, as they were' }),
  after: Type.Unknown({ description: 'the same fields afterwards, or what was asked and answered; *** is personal' }),
  request_id: Nullable(Type.String({ description: 'as the log names the request' })),
  hash: Type.String({ description: 'SHA-256 of the row, hexadecimal' }),
});

export const audit = defineOperation({
  name: 'admin.audit',
  summary: 'Who did what, the latest first',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/audit',
  input: Type.Object(filters),
  output: Entry,
  result: 'list',
  key: ['-seq'],
  examples: [{ title: 'What was done to keys', input: { operation: 'admin.create_key' } }],
});

export const exportAudit = defineOperation({
  name: 'admin.export_audit',
  summary: 'The audit as a file, the oldest first',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/audit/export',
  input: Type.Object({ format: Type.Optional(Type.Enum(['csv', 'xlsx', 'jsonl'], { default: 'csv' })), ...filters }),
  output: Type.Unsafe<string>({ type: 'string', format: 'binary' }),
  result: 'file',
  examples: [{ title: 'For an auditor', input: { format: 'jsonl' } }],
});

export const verifyAudit = defineOperation({
  name: 'admin.verify_audit',
  summary: 'Whether the audit is as it was written',
  description:
    'Computes the whole chain anew and holds it against the sealed checkpoints: any row that was changed, deleted, inserted or moved is found.',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/audit/verify',
  input: Type.Object({}),
  output: Type.Object({
    is_intact: Type.Boolean(),
    rows: Type.Integer(),
    checkpoints: Type.Integer({ description: 'sealed heads that fit' }),
    first_problem_seq: Nullable(Type.Integer()),
    problem: Nullable(Type.String()),
  }),
  result: 'row',
  examples: [{ title: 'Verify it', input: {} }],
});

export const operations = [audit, exportAudit, verifyAudit];
