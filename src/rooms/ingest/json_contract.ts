import Type from 'typebox';
import { defineOperation, Nullable } from '../../platform/contract/operation.ts';

/** The load import as JSON rows, by the functions of the WFM database guide. */

const Count = (description: string) => Type.Integer({ minimum: 0, description });

const Rows = Type.Array(Type.Record(Type.String(), Type.Unknown()), {
  description: 'rows as objects keyed by the column letters A–E or by the headers; values as text or numbers',
});

const Finding = Type.Object({
  row: Nullable(Type.Integer({ description: 'position in the array, from 1' })),
  column: Nullable(Type.String({ description: 'the key as the row names it' })),
  error: Type.String(),
  value: Nullable(Type.String()),
  rule: Type.String(),
  severity: Type.String(),
  hint: Nullable(Type.String()),
});

const exampleRows = [
  { A: '01.01.2024 09:00:00', B: '10', C: '15', D: '300', E: '30' },
  { A: '01.01.2024 09:15:00', B: '12', C: '14', D: '280', E: '25' },
];

const serviceId = Type.Integer({ minimum: 1, description: 'service that the rows belong to' });
const groupId = Type.Optional(Nullable(Type.Integer({ description: 'queue that the rows belong to; null: the service itself' })));
const intervalMinutes = Type.Optional(
  Nullable(Type.Union([Type.Literal(15), Type.Literal(30), Type.Literal(60)], { description: 'interval length; default: from the data, else 15' })),
);

export const validateArgusFormat = defineOperation({
  name: 'ingest.validate_argus_format',
  summary: 'Check rows of the load import (columns A–E)',
  scope: 'ingest:read',
  method: 'POST',
  path: '/api/v1/ingest/validate_argus_format',
  input: Type.Object({ data: Rows }),
  output: Type.Object({
    is_valid: Type.Boolean(),
    total_rows: Count('rows given'),
    valid_rows: Count('rows that can be imported'),
    errors: Type.Array(Finding),
    warnings: Type.Array(Finding),
  }),
  result: 'row',
  sql: 'api.validate_argus_format',
  errors: ['bad_request'],
  examples: [
    { title: 'Good rows', input: { data: exampleRows } },
    { title: 'A date that does not exist', input: { data: [{ A: '31.02.2024 09:00:00', B: '10', C: '15', D: '300', E: '30' }] } },
  ],
});

export const importArgusFormatData = defineOperation({
  name: 'ingest.import_argus_format_data',
  summary: 'Import rows of the load import (columns A–E)',
  description: 'Good rows go in, each other row is explained. Sums are average × non-unique contacts. The batch can be undone like a file.',
  scope: 'ingest:write',
  method: 'POST',
  path: '/api/v1/ingest/import_argus_format_data',
  input: Type.Object({
    data: Rows,
    service_id: serviceId,
    group_id: groupId,
    validate_only: Type.Optional(Type.Boolean({ default: false })),
    interval_minutes: intervalMinutes,
    replace: Type.Optional(Type.Boolean({ default: false, description: 'replace hours that hold rows of another interval length' })),
  }),
  output: Type.Object({
    batch_id: Nullable(Type.String({ format: 'uuid' })),
    status: Type.String({ description: 'validation_only, validation_failed (no row could be imported), completed, completed_with_errors' }),
    rows_processed: Count('rows given'),
    rows_imported: Count('valid rows'),
    validation_errors: Type.Array(Finding),
    duration_ms: Type.Integer(),
    rows_rejected: Count('rows with an error'),
    rows_inserted: Count('intervals that were new'),
    rows_updated: Count('intervals whose figures changed'),
    rows_unchanged: Count('intervals that were there with the same figures'),
    warnings: Type.Array(Finding),
  }),
  result: 'row',
  sql: 'api.import_argus_format_data',
  errors: ['bad_request', 'not_found'],
  examples: [{ title: 'Only check', input: { data: exampleRows, service_id: 1, validate_only: true } }],
});

export const previewArgusImport = defineOperation({
  name: 'ingest.preview_argus_import',
  summary: 'Rows of the load import as they would be read',
  scope: 'ingest:read',
  method: 'POST',
  path: '/api/v1/ingest/preview_argus_import',
  input: Type.Object({ data: Rows, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 10 })) }),
  output: Type.Object({
    row_num: Type.Integer(),
    start_time: Nullable(Type.String({ description: 'as given' })),
    start_time_parsed: Nullable(
      Type.String({ format: 'date-time', description: 'as read, taken as UTC: only the import knows the zone of the service' }),
    ),
    unique_incoming: Nullable(Type.Integer()),
    non_unique_incoming: Nullable(Type.Integer()),
    avg_talk_time_seconds: Nullable(Type.Integer()),
    post_processing_seconds: Nullable(Type.Integer()),
    validation_status: Type.String({ description: 'VALID, or the messages of the errors' }),
  }),
  result: 'rows',
  sql: 'api.preview_argus_import',
  errors: ['bad_request'],
  examples: [{ title: 'First rows', input: { data: exampleRows, limit: 10 } }],
});

export const argusImportTemplate = defineOperation({
  name: 'ingest.argus_import_template',
  summary: 'The columns of the load import',
  scope: 'ingest:read',
  method: 'GET',
  path: '/api/v1/ingest/argus_import_template',
  input: Type.Object({}),
  output: Type.Object({
    column_letter: Type.String(),
    header_name: Type.String(),
    format_description: Type.String(),
    example_value: Type.String(),
    is_required: Type.Boolean(),
  }),
  result: 'rows',
  sql: 'api.get_argus_import_template',
  examples: [{ title: 'What must a file look like?', input: {} }],
});

export const importExcelBatch = defineOperation({
  name: 'ingest.import_excel_batch',
  summary: 'Import rows of a spreadsheet, whatever their columns are called',
  description:
    'Takes the keys of the load import, and also start_time or timestamp, calls, unique_calls, talk_time and post_time (seconds per call). What a row does not say stays unknown.',
  scope: 'ingest:write',
  method: 'POST',
  path: '/api/v1/ingest/import_excel_batch',
  input: Type.Object({
    batch_data: Rows,
    service_id: serviceId,
    group_id: groupId,
    filename: Type.Optional(Nullable(Type.String({ maxLength: 255, description: 'name under which the batch is listed' }))),
    interval_minutes: intervalMinutes,
    replace: Type.Optional(Type.Boolean({ default: false })),
  }),
  output: Type.Object({
    batch_id: Nullable(Type.String({ format: 'uuid' })),
    status: Type.String(),
    rows_processed: Count('rows given'),
    rows_imported: Count('valid rows'),
    rows_failed: Count('rows with an error'),
    errors: Type.Array(Finding),
    duration_ms: Type.Integer(),
    rows_inserted: Count('intervals that were new'),
    rows_updated: Count('intervals whose figures changed'),
    rows_unchanged: Count('intervals that were there with the same figures'),
  }),
  result: 'row',
  sql: 'api.import_excel_batch',
  errors: ['bad_request', 'not_found'],
  examples: [
    {
      title: 'One row',
      input: { batch_data: [{ timestamp: '01.01.2024 09:00:00', calls: 15, talk_time: 300, post_time: 30 }], service_id: 1 },
      skip: 'it changes what is stored',
    },
  ],
});
