import { agentActivity, contactStatistics } from './data_rules_figures.ts';
import { agents, departments, employees, importBatches, services } from './data_rules_organisation.ts';
import type { DataRule, DataTable } from './data_rule.ts';

/** The tables whose data are checked: only these names ever reach SQL. */
export const dataTables: readonly DataTable[] = [contactStatistics, agentActivity, services, agents, employees, departments, importBatches];

export const tableNames: readonly string[] = dataTables.map(({ table }) => table);

export function findRule(name: string): { table: DataTable; rule: DataRule } | null {
  for (const table of dataTables) for (const rule of table.rules) if (rule.rule === name) return { table, rule };
  return null;
}
