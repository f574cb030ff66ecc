import { operations as dataOperations } from './data_contract.ts';
import { operations as quarantineOperations } from './quarantine_contract.ts';
import { operations as usageOperations } from './usage_contract.ts';

export * from './data_contract.ts';
export * from './quarantine_contract.ts';
export * from './usage_contract.ts';

export const operations = [...dataOperations, ...quarantineOperations, ...usageOperations];
export const sqlOnly: Record<string, string> = {};
