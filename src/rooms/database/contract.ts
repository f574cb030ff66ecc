import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import * as bulk from './bulk_contract.ts';
import { question, TableName } from './question.ts';
import * as seed from './seed_contract.ts';

/** Everything stored, by rows; and what is stored at all. */

export const rows = defineOperation({
  name: 'database.rows',
  summary: 'Rows of any table or view that you may read',
  description:
    'Filter, order and columns are checked against the catalog. Rows and columns are those that your role and limits show; personal columns are masked without people:personal.',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/db/database/tables/{table_name}',
  input: Type.Object({ table_name: TableName, ...question }),
  output: Type.Object({}, { additionalProperties: true, description: 'the columns of the table' }),
  result: 'list',
  key: ['table_name'],
  errors: ['not_found', 'forbidden', 'timeout'],
  positional: ['table_name'],
  examples: [
    {
      title: 'Big intervals of a service, the latest first',
      input: {
        table_name: 'statistics.contact_statistics',
        columns: ['interval_start_time', 'offered', 'handled'],
        filter: 'service_id eq 1 and offered ge 100',
        order: ['-interval_start_time'],
      },
    },
    { title: 'A view of a seed', input: { table_name: 'services' } },
  ],
});

const Column = Type.Object({
  column_name: Type.String(),
  data_type: Type.String({ description: 'as PostgreSQL writes it' }),
  is_nullable: Type.Boolean(),
  column_default: Nullable(Type.String()),
  column_comment: Nullable(Type.String()),
  references: Nullable(Type.String({ description: 'the column that it refers to' })),
  is_key: Type.Boolean({ description: 'part of the primary key' }),
  is_personal: Type.Boolean({ description: 'masked without people:personal' }),
  is_sortable: Type.Boolean({ description: 'may be ordered by and compared' }),
});

export const schemaInfo = defineOperation({
  name: 'database.schema_info',
  summary: 'The tables and views that you may read, with their columns, keys, comments and row estimates',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/db/database/schema/info',
  input: Type.Object({
    room: Type.Optional(Type.String({ maxLength: 63, description: 'only what belongs to this room' })),
    table_name: Type.Optional(TableName),
  }),
  output: Type.Object({
    schema_info: Type.Object({
      total_tables: Type.Integer(),
      tables: Type.Array(
        Type.Object({
          table_name: Type.String({ description: 'with its schema' }),
          table_type: Type.Enum(['table', 'view']),
          room: Type.String(),
          table_comment: Nullable(Type.String()),
          estimated_rows: Nullable(Type.Integer({ description: 'by the planner statistics; null where nothing is known, as of views' })),
          key_columns: Type.Array(Type.String()),
          import_kinds: Type.Array(Type.String(), { description: 'kinds of import that write it (database.bulk_import)' }),
          not_imported_because: Nullable(Type.String({ description: 'why no import writes it; null where one does, and of views' })),
          columns: Type.Array(Column),
        }),
      ),
    }),
    features: Type.Record(Type.String(), Type.Boolean(), { description: 'what this installation does' }),
    timestamp: Moment('when it was asked'),
  }),
  result: 'row',
  errors: ['not_found'],
  examples: [{ title: 'One table', input: { table_name: 'org.services' } }],
});

export const { contactStatistics, maintenanceCleanup } = seed;
export const { bulkExport, exports, exportStatus, exportFile, deleteExport, bulkImport, mappings, saveMapping, deleteMapping } = bulk;

export const operations = [
  contactStatistics,
  rows,
  schemaInfo,
  bulkExport,
  exports,
  exportStatus,
  exportFile,
  deleteExport,
  bulkImport,
  mappings,
  saveMapping,
  deleteMapping,
  maintenanceCleanup,
];
export const sqlOnly: Record<string, string> = {};
