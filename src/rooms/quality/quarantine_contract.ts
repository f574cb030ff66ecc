import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Rows that imports put aside, and what was repaired. */

const error_id = Type.Integer({ description: 'id of the finding that put the row aside' });

const Quarantined = Type.Object({
  error_id,
  batch_id: Type.String({ format: 'uuid' }),
  filename: Type.String(),
  service_code: Nullable(Type.String()),
  sheet: Nullable(Type.String()),
  row_number: Nullable(Type.Integer()),
  cell: Nullable(Type.String()),
  column_name: Nullable(Type.String()),
  rule: Type.String(),
  value: Nullable(Type.String()),
  message: Type.String(),
  hint: Nullable(Type.String()),
  put_aside_at: Moment('When'),
  outcome: Nullable(Type.Enum(['repaired', 'accepted'], { description: 'null: open' })),
  note: Nullable(Type.String()),
  settled_by: Nullable(Type.String()),
  settled_at: Nullable(Moment('When')),
});

export const quarantine = defineOperation({
  name: 'quality.quarantine',
  summary: 'Rows that imports rejected, the newest first, open or settled',
  description: 'Findings of severity error of batches that stand; a row that was undone with its batch is not there.',
  scope: 'quality:read',
  method: 'GET',
  path: '/api/v1/quality/quarantine',
  input: Type.Object({
    batch_id: Type.Optional(Type.String({ format: 'uuid' })),
    is_open: Type.Optional(Type.Boolean({ description: 'true: not settled yet; false: settled; left out: both' })),
  }),
  output: Quarantined,
  result: 'list',
  key: ['-error_id'],
  sql: 'api.quarantine',
  examples: [{ title: 'What is open', input: { is_open: true } }],
});

export const settleQuarantine = defineOperation({
  name: 'quality.settle_quarantine',
  summary: 'Say what became of a rejected row: repaired, or accepted as lost',
  description: 'Goes to the log of repairs. Saying it again changes it; the former word stays in the audit.',
  scope: 'quality:write',
  method: 'POST',
  path: '/api/v1/quality/quarantine/{error_id}/settle',
  input: Type.Object({
    error_id,
    outcome: Type.Enum(['repaired', 'accepted'], { description: 'repaired: the right row was imported; accepted: it is left out' }),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  }),
  output: Quarantined,
  result: 'row',
  sql: 'api.settle_quarantine',
  errors: ['not_found'],
  positional: ['error_id', 'outcome'],
  examples: [{ title: 'Repaired', input: { error_id: 1, outcome: 'repaired', note: 'imported again' }, skip: 'the row must exist' }],
});

export const repairs = defineOperation({
  name: 'quality.repairs',
  summary: 'The log of repairs: what imports put right by themselves, and what people settled',
  scope: 'quality:read',
  method: 'GET',
  path: '/api/v1/quality/repairs',
  input: Type.Object({ batch_id: Type.Optional(Type.String({ format: 'uuid' })) }),
  output: Type.Object({
    error_id,
    batch_id: Type.String({ format: 'uuid' }),
    filename: Type.String(),
    kind: Type.Enum(['import', 'person'], { description: 'import: by a rule of the import; person: settled by somebody' }),
    rule: Type.String(),
    column_name: Nullable(Type.String()),
    occurrences: Type.Integer({ description: 'cells or rows that this stands for' }),
    what: Type.String(),
    repaired_by: Type.String(),
    repaired_at: Moment('When'),
  }),
  result: 'list',
  key: ['-repaired_at', '-error_id', '-kind'],
  sql: 'api.repairs',
  examples: [{ title: 'All', input: {} }],
});

export const operations = [quarantine, settleQuarantine, repairs];
