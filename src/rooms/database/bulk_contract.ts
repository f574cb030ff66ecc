import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { question, TableName } from './question.ts';

/** Everything as files: out as a job, back in through the import pipeline. */

const exampleId = '00000000-0000-4000-8000-000000000001';
const ExportId = Type.String({
  format: 'uuid',
  pattern: '^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$',
  description: 'export_id of database.bulk_export',
});
const MappingName = Type.String({ pattern: '^[a-z0-9_]{1,60}$', description: 'small letters, digits and _' });
const Configuration = Type.Object({}, { additionalProperties: true, description: 'what was asked for, as it was understood' });

const Export = Type.Object({
  export_id: Type.String({ format: 'uuid' }),
  status: Type.Enum(['queued', 'running', 'completed', 'failed', 'expired']),
  detail: Nullable(Type.String({ description: 'why it failed and what to do' })),
  format: Type.Enum(['csv', 'jsonl', 'xlsx']),
  filename: Type.String(),
  configuration: Configuration,
  rows_estimate: Nullable(Type.Integer({ description: 'rows that the planner expects; null when it cannot know' })),
  rows_written: Type.Integer(),
  progress_pct: Nullable(Type.Number({ description: 'of rows_estimate; 100 when done' })),
  file_bytes: Nullable(Type.Integer()),
  sha256: Nullable(Type.String({ description: 'of the file, hexadecimal' })),
  created_by: Type.String(),
  created_at: Moment('when it was asked for'),
  started_at: Nullable(Moment('when writing began')),
  finished_at: Nullable(Moment('when writing ended')),
  expires_at: Nullable(Moment('when the file is deleted')),
});

export const bulkExport = defineOperation({
  name: 'database.bulk_export',
  summary: 'Write any table, view or list of an operation to a file',
  description:
    'A job writes the file; database.export_status tells how far it is, database.export_file sends it, also in parts. Rows and columns are those that you may read. ' +
    'Text that a spreadsheet would take for a formula is neutralised in csv and xlsx; times are in UTC. The file is deleted after a day.',
  scope: 'org:read',
  method: 'POST',
  path: '/api/v1/db/database/bulk/export',
  status: 202,
  input: Type.Object({
    table_name: Type.Optional(TableName),
    operation: Type.Optional(
      Type.String({ maxLength: 100, description: 'instead of a table: an operation that lists, such as statistics.intervals' }),
    ),
    input: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'fields of the operation' })),
    ...question,
    format: Type.Optional(Type.Enum(['csv', 'jsonl', 'xlsx'], { default: 'csv' })),
  }),
  output: Type.Object({
    export_id: Type.String({ format: 'uuid' }),
    status: Type.String({ description: 'queued' }),
    message: Type.String(),
    estimated_completion: Nullable(Moment('by the planner’s count of rows; null when it cannot know')),
    configuration: Configuration,
  }),
  result: 'row',
  errors: ['not_found', 'forbidden'],
  examples: [
    { title: 'A table', input: { table_name: 'org.services', format: 'csv' } },
    {
      title: 'The list of an operation',
      input: { operation: 'statistics.intervals', input: { service: 'SUPPORT', start_time: '2025-03-03', end_time: '2025-03-04' }, format: 'jsonl' },
    },
  ],
});

export const exports = defineOperation({
  name: 'database.exports',
  summary: 'The files that you asked for',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/db/database/bulk/exports',
  input: Type.Object({}),
  output: Export,
  result: 'list',
  key: ['-created_at', '-export_id'],
  examples: [{ title: 'All', input: {} }],
});

export const exportStatus = defineOperation({
  name: 'database.export_status',
  summary: 'How far an export is',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/db/database/bulk/exports/{export_id}',
  input: Type.Object({ export_id: ExportId }),
  output: Export,
  result: 'row',
  errors: ['not_found'],
  positional: ['export_id'],
  examples: [{ title: 'One', input: { export_id: exampleId }, skip: 'the id is one of an export of yours' }],
});

export const exportFile = defineOperation({
  name: 'database.export_file',
  summary: 'The file of an export',
  description: 'With a Range header only a part of it; ETag is its SHA-256. 409 while it is being written.',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/db/database/bulk/exports/{export_id}/file',
  input: Type.Object({ export_id: ExportId }),
  output: Type.Unknown(),
  result: 'file',
  errors: ['not_found', 'conflict'],
  positional: ['export_id'],
  examples: [{ title: 'Download', input: { export_id: exampleId }, skip: 'the id is one of an export of yours' }],
});

export const deleteExport = defineOperation({
  name: 'database.delete_export',
  summary: 'Delete an export and its file',
  scope: 'org:read',
  method: 'DELETE',
  path: '/api/v1/db/database/bulk/exports/{export_id}',
  input: Type.Object({ export_id: ExportId }),
  output: Type.Object({ export_id: Type.String() }),
  result: 'row',
  errors: ['not_found'],
  positional: ['export_id'],
  examples: [{ title: 'Delete one', input: { export_id: exampleId }, skip: 'it deletes' }],
});

export const bulkImport = defineOperation({
  name: 'database.bulk_import',
  summary: 'Import rows from CSV, JSON Lines or XLSX',
  description:
    'The rows go through the import pipeline as a kind of file: same rules, dry run, errors by row, undo. A column is recognised by the canonical name or header of the kind, ' +
    'or by a saved mapping. Follow it with ingest.batch and ingest.batch_errors; import_id is the batch_id.',
  scope: 'ingest:write',
  method: 'POST',
  path: '/api/v1/db/database/bulk/import',
  status: 202,
  upload: true,
  input: Type.Object({
    kind: Type.String({ maxLength: 60, description: 'kind of import: argus_report, argus_load, org_employees …' }),
    mapping: Type.Optional(MappingName),
    format: Type.Optional(Type.Enum(['csv', 'jsonl', 'xlsx'], { description: 'by the name of the file when left out' })),
    service: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'service code, for figures by interval' })),
    time_zone: Type.Optional(Type.String({ maxLength: 60, description: 'IANA zone of times without an offset; UTC for times that have one' })),
    interval_type: Type.Optional(Type.Enum(['15m', '30m', '1h'], { description: 'default: from the data' })),
    mode: Type.Optional(Type.Enum(['partial', 'all_or_nothing'], { default: 'partial' })),
    replace: Type.Optional(Type.Boolean({ default: false })),
    dry_run: Type.Optional(Type.Boolean({ default: false, description: 'check everything, keep nothing' })),
  }),
  output: Type.Object({
    import_id: Type.String({ format: 'uuid', description: 'the batch_id of ingest.batch' }),
    status: Type.String({ description: 'queued' }),
    message: Type.String(),
    validation_status: Type.String({ description: 'pending' }),
    configuration: Configuration,
  }),
  result: 'row',
  errors: ['forbidden', 'not_found', 'unsupported_file'],
  examples: [{ title: 'Try a file', input: { kind: 'argus_report', service: 'SUPPORT', dry_run: true }, skip: 'it takes a file' }],
});

const Mapping = Type.Object({
  mapping: Type.String(),
  kind: Type.String(),
  columns: Type.Record(Type.String(), Nullable(Type.String()), { description: 'header of the file → canonical column; null leaves it out' }),
  created_by: Type.String(),
  created_at: Moment('when it was first saved'),
  updated_at: Moment('when it was last saved'),
});

export const mappings = defineOperation({
  name: 'database.mappings',
  summary: 'Saved mappings of columns for imports',
  scope: 'ingest:read',
  method: 'GET',
  path: '/api/v1/db/database/bulk/mappings',
  input: Type.Object({}),
  output: Mapping,
  result: 'list',
  key: ['mapping'],
  examples: [{ title: 'All', input: {} }],
});

export const saveMapping = defineOperation({
  name: 'database.save_mapping',
  summary: 'Save which column of a foreign file is which column of a kind of import',
  scope: 'ingest:write',
  changesAll: true,
  method: 'PUT',
  path: '/api/v1/db/database/bulk/mappings/{mapping}',
  input: Type.Object({
    mapping: MappingName,
    kind: Type.String({ maxLength: 60, description: 'kind of import' }),
    columns: Type.Record(Type.String({ maxLength: 200 }), Nullable(Type.String({ maxLength: 63 })), {
      description: 'header of the file → canonical column of the kind; null leaves the column out',
    }),
  }),
  output: Mapping,
  result: 'row',
  errors: ['not_found'],
  positional: ['mapping'],
  examples: [
    {
      title: 'Employees of another system',
      input: { mapping: 'from_payroll', kind: 'org_employees', columns: { tab_no: 'personnel_number', surname: 'last_name', note: null } },
    },
  ],
});

export const deleteMapping = defineOperation({
  name: 'database.delete_mapping',
  summary: 'Delete a saved mapping',
  scope: 'ingest:write',
  changesAll: true,
  method: 'DELETE',
  path: '/api/v1/db/database/bulk/mappings/{mapping}',
  input: Type.Object({ mapping: MappingName }),
  output: Type.Object({ mapping: Type.String() }),
  result: 'row',
  errors: ['not_found'],
  positional: ['mapping'],
  examples: [{ title: 'Delete one', input: { mapping: 'from_payroll' }, skip: 'it deletes' }],
});
