import { operations as auditOperations } from './audit_contract.ts';
import { operations as backupOperations } from './backups_contract.ts';
import { operations as keyOperations } from './keys_contract.ts';
import { operations as peopleOperations } from './people_contract.ts';
import { operations as personalOperations } from './personal_contract.ts';
import { operations as roleOperations } from './roles_contract.ts';
import { operations as sqlLoginOperations } from './sql_logins_contract.ts';

export * from './audit_contract.ts';
export * from './backups_contract.ts';
export * from './keys_contract.ts';
export * from './people_contract.ts';
export * from './personal_contract.ts';
export * from './roles_contract.ts';
export * from './sql_logins_contract.ts';

export const operations = [
  ...peopleOperations,
  ...roleOperations,
  ...keyOperations,
  ...auditOperations,
  ...personalOperations,
  ...backupOperations,
  ...sqlLoginOperations,
];
export const sqlOnly: Record<string, string> = {};
