import { operations as dataOperations } from './data_contract.ts';
import { operations as healthOperations } from './health_contract.ts';
import { operations as quarantineOperations } from './quarantine_contract.ts';
import { operations as storageOperations } from './storage_contract.ts';
import { operations as usageOperations } from './usage_contract.ts';
import { operations as validationOperations } from './validation_contract.ts';

export * from './data_contract.ts';
export * from './health_contract.ts';
export * from './quarantine_contract.ts';
export * from './storage_contract.ts';
export * from './usage_contract.ts';
export * from './validation_contract.ts';

export const operations = [
  ...dataOperations,
  ...quarantineOperations,
  ...usageOperations,
  ...healthOperations,
  ...validationOperations,
  ...storageOperations,
];
export const sqlOnly: Record<string, string> = {};
