import type { PersonalColumn } from '../platform/personal/registry.ts';
import { personalColumns as ofMarketplace, personalFields as marketplaceFields } from '../rooms/marketplace/personal.ts';
import { personalColumns as ofOrg } from '../rooms/org/personal.ts';

/** Where personal data stand, in all rooms. Who wrote something is noted by login, which is erased with the person. */
export const personalColumns: readonly PersonalColumn[] = [
  ...ofOrg,
  ...ofMarketplace,
  { schema: 'ingest', table: 'import_batches', column: 'created_by', kind: 'name', person: { kind: 'login', column: 'created_by' } },
  { schema: 'org', table: 'employee_org_history', column: 'changed_by', kind: 'name', person: { kind: 'login', column: 'changed_by' } },
  { schema: 'org', table: 'department_deputies', column: 'created_by', kind: 'name', person: { kind: 'login', column: 'created_by' } },
  { schema: 'database', table: 'exports', column: 'created_by', kind: 'name', person: { kind: 'login', column: 'created_by' } },
  { schema: 'database', table: 'column_mappings', column: 'created_by', kind: 'name', person: { kind: 'login', column: 'created_by' } },
];

/** Names of fields that hold what is personal; they stand in the audit as ***. */
export const personalFields: ReadonlySet<string> = new Set<string>([
  ...ofOrg.map(({ column }) => column),
  ...marketplaceFields,
  'display_name',
  'full_name',
  'login',
]);
