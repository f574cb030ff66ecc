import type { Implemented } from '../../platform/contract/implement.ts';
import type { AnyOperation } from '../../platform/contract/operation.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { cleanupVerb, type ClearUploads } from './cleanup.ts';
import { bulkExportVerb } from './export_data.ts';
import { deleteExportVerb, exportFileVerb, exportStatusVerb, exportsVerb } from './exports.ts';
import { bulkImportVerb, type AddImport } from './import_data.ts';
import { deleteMappingVerb, mappingsVerb, saveMappingVerb } from './mappings.ts';
import { rowsVerb } from './read_rows.ts';
import { Relations } from './relation.ts';
import { schemaInfoVerb } from './schema_info.ts';

/** What this room needs of others; app hands it over. */
export interface Neighbours {
  operations: readonly AnyOperation[];
  kinds: readonly ImportKind[];
  addImport: AddImport;
  clearUploads: ClearUploads;
}

/** The code behind the operations. */
export function databaseVerbs({ operations, kinds, addImport, clearUploads }: Neighbours): Implemented[] {
  const relations = new Relations();
  return [
    rowsVerb(relations),
    schemaInfoVerb(relations),
    bulkExportVerb(relations, operations),
    exportsVerb,
    exportStatusVerb,
    exportFileVerb,
    deleteExportVerb,
    bulkImportVerb(kinds, addImport),
    mappingsVerb,
    saveMappingVerb(kinds),
    deleteMappingVerb,
    cleanupVerb(clearUploads),
  ];
}
