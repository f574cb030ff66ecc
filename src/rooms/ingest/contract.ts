import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import * as json from './json_contract.ts';

/** Import of workbooks: hand in, follow, look at what was wrong, undo. */

const Count = (description: string) => Type.Integer({ minimum: 0, description });
const exampleBatch = '00000000-0000-4000-8000-000000000001';

const Warning = Type.Object({
  code: Type.String({ description: 'stable name of the rule' }),
  message: Type.String(),
  row_number: Nullable(Type.Integer()),
  names: Nullable(Type.Array(Type.String(), { description: 'the names that the warning is about' })),
});

export const BatchStatus = Type.Enum(['queued', 'running', 'completed', 'completed_with_errors', 'failed', 'undone']);

export const Batch = Type.Object({
  batch_id: Type.String({ format: 'uuid' }),
  filename: Type.String(),
  sha256: Type.String({ description: 'of the file, hexadecimal' }),
  file_bytes: Count('size of the file'),
  layout: Nullable(Type.String({ description: 'name of ingest.kinds; null until recognised' })),
  interval_type: Nullable(Type.String({ description: '15m, 30m or 1h; null until recognised' })),
  service: Nullable(Type.String({ description: 'service code' })),
  time_zone: Nullable(Type.String({ description: 'IANA zone in which the periods were read' })),
  mode: Type.String({ description: 'partial or all_or_nothing' }),
  replace: Type.Boolean(),
  dry_run: Type.Boolean(),
  status: BatchStatus,
  detail: Nullable(Type.String({ description: 'why it failed and what to do' })),
  rows_total: Count('rows_valid + rows_rejected + rows_ignored'),
  rows_valid: Count('rows_inserted + rows_updated + rows_unchanged + rows_duplicates'),
  rows_rejected: Count('rows that an error keeps out'),
  rows_ignored: Count('title, blank and totals rows; the header row is not counted'),
  rows_inserted: Count('intervals that were new'),
  rows_updated: Count('intervals whose figures changed'),
  rows_unchanged: Count('intervals that were there with the same figures'),
  rows_duplicates: Count('rows that repeat another row of the file'),
  warnings: Type.Array(Warning),
  data_start: Nullable(Moment('start of the first interval of the file')),
  data_end: Nullable(Moment('end of the last interval of the file')),
  phase: Nullable(Type.String({ description: 'reading, checking, loading; null when not running' })),
  progress_pct: Type.Number({ minimum: 0, maximum: 100 }),
  rows_per_second: Nullable(Type.Integer()),
  seconds_left: Nullable(Type.Integer()),
  created_by: Type.String(),
  created_at: Moment('when the file was handed in'),
  started_at: Nullable(Moment('when the import began')),
  finished_at: Nullable(Moment('when it ended')),
  duration_ms: Nullable(Type.Integer({ description: 'from started_at to finished_at' })),
  undone_at: Nullable(Moment('when it was undone')),
});

export const RowError = Type.Object({
  error_id: Type.Integer(),
  sheet: Nullable(Type.String()),
  row_number: Nullable(Type.Integer({ description: 'row number as Excel shows it' })),
  cell: Nullable(Type.String()),
  column_name: Nullable(Type.String({ description: 'the header as the file prints it' })),
  rule: Type.String({ description: 'stable name of the rule, e.g. HC_GT_CDO' }),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('info')]),
  value: Nullable(Type.String()),
  message: Type.String(),
  hint: Nullable(Type.String()),
  other_row: Nullable(Type.Integer({ description: 'the other row of a pair' })),
  occurrences: Count('cells or rows that this finding stands for'),
});

/** Which layouts there are is declared by the rooms; ingest.kinds lists them, and another name is refused with the list. */
const Layout = (description: string) =>
  Type.String({ minLength: 1, maxLength: 100, description: `name of ingest.kinds; ${description}`, examples: ['argus_report'] });

/** What a file may be imported with; the same for a preview. */
const recognition = {
  service: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'service code; default: the project in the file name; not for employees' }),
  ),
  layout: Type.Optional(Layout('default: recognised')),
  interval_type: Type.Optional(
    Type.Union([Type.Literal('15m'), Type.Literal('30m'), Type.Literal('1h')], { description: 'default: from the data and the file name' }),
  ),
  time_zone: Type.Optional(Type.String({ description: 'IANA zone of the periods; default: the service’s, else the offset in the title, else UTC' })),
};

export const createBatch = defineOperation({
  name: 'ingest.create_batch',
  summary: 'Import a workbook',
  description:
    'Receives a workbook of Argus, or of employees, and imports it in the background. The same file again changes nothing; a file that overlaps what is there updates only what differs.',
  scope: 'ingest:write',
  method: 'POST',
  path: '/api/v1/ingest/batches',
  status: 202,
  upload: true,
  input: Type.Object({
    ...recognition,
    mode: Type.Optional(
      Type.Union([Type.Literal('partial'), Type.Literal('all_or_nothing')], {
        default: 'partial',
        description: 'all_or_nothing: one rejected row keeps the whole file out',
      }),
    ),
    replace: Type.Optional(Type.Boolean({ default: false, description: 'replace hours that hold rows of another interval length' })),
    dry_run: Type.Optional(Type.Boolean({ default: false, description: 'do everything but keep the rows' })),
  }),
  output: Type.Object({ batch_id: Type.String({ format: 'uuid' }) }),
  result: 'row',
  errors: ['bad_request', 'too_large', 'unsupported_file'],
  examples: [{ title: 'Import a report into the service that its name gives', input: {}, skip: 'needs a file' }],
});

export const previewBatch = defineOperation({
  name: 'ingest.preview',
  summary: 'Look at a workbook without importing it',
  description: 'Recognises layout, interval, service and zone, checks the first rows and shows them. Nothing is kept.',
  scope: 'ingest:write',
  method: 'POST',
  path: '/api/v1/ingest/preview',
  upload: true,
  input: Type.Object({
    ...recognition,
    rows: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 50, description: 'how many rows to check and show' })),
  }),
  output: Type.Object({
    filename: Type.String(),
    layout: Type.String(),
    interval_type: Nullable(Type.String()),
    service: Nullable(Type.String({ description: 'null: give one, the file name has none' })),
    service_exists: Type.Boolean(),
    time_zone: Nullable(Type.String({ description: 'null: the kind of file has no times' })),
    title: Nullable(Type.String()),
    sheets: Type.Array(
      Type.Object({
        sheet: Type.String(),
        header_row: Type.Integer(),
        columns: Type.Array(Type.String()),
        unknown_columns: Type.Array(Type.String()),
        rows_estimate: Nullable(Type.Integer()),
      }),
    ),
    rows_checked: Count('rows that were looked at'),
    rows_rejected: Count('of these, rows with an error'),
    columns: Type.Array(Type.String(), { description: 'headers of the cells of each row' }),
    rows: Type.Array(
      Type.Object({
        sheet: Type.String(),
        row_number: Type.Integer(),
        state: Type.String({ description: 'valid, rejected or ignored' }),
        cells: Type.Array(Nullable(Type.String())),
      }),
    ),
    problems: Type.Array(Type.Omit(RowError, ['error_id'])),
    warnings: Type.Array(Warning),
  }),
  result: 'row',
  errors: ['bad_request', 'too_large', 'unsupported_file'],
  examples: [{ title: 'What is in this file?', input: {}, skip: 'needs a file' }],
});

export const batches = defineOperation({
  name: 'ingest.batches',
  summary: 'Imports, the latest first',
  scope: 'ingest:read',
  method: 'GET',
  path: '/api/v1/ingest/batches',
  input: Type.Object({
    service: Type.Optional(Type.String({ description: 'service code' })),
    status: Type.Optional(BatchStatus),
  }),
  output: Batch,
  result: 'list',
  key: ['-created_at', '-batch_id'],
  sql: 'api.batches',
  examples: [{ title: 'The latest imports', input: {} }],
});

export const batch = defineOperation({
  name: 'ingest.batch',
  summary: 'One import: progress, counts, warnings',
  scope: 'ingest:read',
  method: 'GET',
  path: '/api/v1/ingest/batches/{batch_id}',
  positional: ['batch_id'],
  input: Type.Object({ batch_id: Type.String({ format: 'uuid' }) }),
  output: Batch,
  result: 'row',
  sql: 'api.batch',
  errors: ['not_found'],
  examples: [{ title: 'How did it go?', input: { batch_id: exampleBatch }, skip: 'the id differs on every machine' }],
});

export const batchErrors = defineOperation({
  name: 'ingest.batch_errors',
  summary: 'What was wrong with the rows of an import',
  description: 'Errors kept the row out, warnings did not, infos are counted per rule and column. As csv or xlsx it is a download of everything.',
  scope: 'ingest:read',
  method: 'GET',
  path: '/api/v1/ingest/batches/{batch_id}/errors',
  positional: ['batch_id'],
  input: Type.Object({
    batch_id: Type.String({ format: 'uuid' }),
    severity: Type.Optional(Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('info')])),
    rule: Type.Optional(Type.String()),
    format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv'), Type.Literal('xlsx')], { default: 'json' })),
  }),
  output: RowError,
  result: 'list',
  key: ['error_id'],
  errors: ['not_found'],
  examples: [{ title: 'Rejected rows', input: { batch_id: exampleBatch, severity: 'error' }, skip: 'the id differs on every machine' }],
});

export const undoBatch = defineOperation({
  name: 'ingest.undo_batch',
  summary: 'Undo an import',
  description: 'Takes the rows of the batch away; what it overwrote comes back. Later imports of the same intervals stand.',
  scope: 'ingest:write',
  method: 'DELETE',
  path: '/api/v1/ingest/batches/{batch_id}',
  positional: ['batch_id'],
  input: Type.Object({ batch_id: Type.String({ format: 'uuid' }) }),
  output: Type.Object({
    batch_id: Type.String({ format: 'uuid' }),
    status: Type.Literal('undone'),
    rows_deleted: Count('rows of the batch that were taken away'),
    rows_restored: Count('rows that it had overwritten or replaced and that are there again'),
  }),
  result: 'row',
  errors: ['forbidden', 'not_found', 'conflict'],
  examples: [{ title: 'Take an import back', input: { batch_id: exampleBatch }, skip: 'it changes what is stored' }],
});

export const kinds = defineOperation({
  name: 'ingest.kinds',
  summary: 'The kinds of file that can be imported',
  scope: 'ingest:read',
  method: 'GET',
  path: '/api/v1/ingest/kinds',
  input: Type.Object({}),
  output: Type.Object({
    name: Type.String({ description: 'what layout takes' }),
    title: Type.String(),
    belongs_to_service: Type.Boolean({ description: 'figures by interval, with a service, a zone and an interval length; otherwise records' }),
    may_import: Type.Boolean({ description: 'whether the caller may import it' }),
    columns: Type.Array(
      Type.Object({
        header: Type.String(),
        kind: Type.String({ description: 'what its cells hold' }),
        is_required: Type.Boolean({ description: 'the file must have the column' }),
      }),
    ),
  }),
  result: 'list',
  key: ['name'],
  examples: [{ title: 'All kinds', input: {} }],
});

export const template = defineOperation({
  name: 'ingest.template',
  summary: 'An empty workbook of a layout with one example row',
  scope: 'ingest:read',
  method: 'GET',
  path: '/api/v1/ingest/template',
  input: Type.Object({ layout: Type.Optional(Layout('default: argus_load')) }),
  output: Type.Unsafe<string>({ type: 'string', format: 'binary' }),
  result: 'file',
  errors: ['bad_request'],
  examples: [{ title: 'Template of the load import', input: { layout: 'argus_load' } }],
});

export const { validateArgusFormat, importArgusFormatData, previewArgusImport, argusImportTemplate, importExcelBatch } = json;

export const operations = [
  createBatch,
  previewBatch,
  batches,
  batch,
  batchErrors,
  undoBatch,
  kinds,
  template,
  validateArgusFormat,
  importArgusFormatData,
  previewArgusImport,
  argusImportTemplate,
  importExcelBatch,
] as const;

/** Functions of schema api that belong to no operation, with the reason. */
export const sqlOnly: Record<string, string> = {
  'api.batch_errors': 'ingest.batch_errors calls it and adds the downloads',
  'api.undo_batch': 'ingest.undo_batch calls it after asking for the scope of the kind of file',
};
