import { operations as auditOperations } from './audit_contract.ts';
import { operations as keyOperations } from './keys_contract.ts';
import { operations as peopleOperations } from './people_contract.ts';
import { operations as personalOperations } from './personal_contract.ts';

export * from './audit_contract.ts';
export * from './keys_contract.ts';
export * from './people_contract.ts';
export * from './personal_contract.ts';

export const operations = [...peopleOperations, ...keyOperations, ...auditOperations, ...personalOperations];
export const sqlOnly: Record<string, string> = {};
