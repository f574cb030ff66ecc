import { now } from '../../platform/clock/clock.ts';
import { implement } from '../../platform/contract/implement.ts';
import { schemaInfo } from './contract.ts';
import { importedBy, notImported } from './importable.ts';
import type { Relation, Relations } from './relation.ts';

/** What is stored, as far as the caller may read it. */
export const schemaInfoVerb = (relations: Relations) =>
  implement(schemaInfo, async ({ room, table_name: name }, { principal, db, config }) => {
    const found = name === undefined ? await relations.of(principal, db) : [await relations.find(name, principal, db)];
    const tables = found.filter((relation) => room === undefined || relation.room === room);
    return {
      schema_info: { total_tables: tables.length, tables: tables.map(tableOf) },
      features: {
        contact_statistics: true,
        table_access: true,
        bulk_export: true,
        bulk_import: true,
        data_validation: true,
        maintenance: true,
        row_level_security: true,
        shared_cache: config.redisUrl !== null,
      },
      timestamp: now().toISOString(),
    };
  });

function tableOf({ table_name, table_type, room, table_comment, estimated_rows, key_columns, columns }: Relation) {
  return {
    table_name,
    table_type,
    room,
    table_comment,
    estimated_rows,
    key_columns,
    import_kinds: [...(importedBy[table_name] ?? [])],
    not_imported_because: notImported[table_name] ?? null,
    columns: columns.map((column) => ({
      column_name: column.name,
      data_type: column.type,
      is_nullable: column.is_nullable,
      column_default: column.default,
      column_comment: column.comment,
      references: column.references,
      is_key: key_columns.includes(column.name),
      is_personal: column.personal !== null,
      is_sortable: column.is_sortable,
    })),
  };
}
