import type { Rule } from '../../platform/rules/rules.ts';

/** What should hold of the stored figures; health shows them. */
export const rules: readonly Rule[] = [
  {
    name: 'statistics.default_partition',
    says: 'Every row lies in the partition of its month.',
    measure: `select count(*) as value, 'rows in contact_statistics_default' as evidence from statistics.contact_statistics_default`,
    warning: 1,
    critical: 1_000_000,
    worse: 'above',
    unit: 'rows',
    advice: 'A month arrived that had no partition. Make it; the rows are moved into it.',
    fix: 'qh maintain',
  },
  {
    name: 'statistics.agent_default_partition',
    says: 'Every row of agent activity lies in the partition of its month.',
    measure: `select count(*) as value, 'rows in agent_activity_default' as evidence from statistics.agent_activity_default`,
    warning: 1,
    critical: 1_000_000,
    worse: 'above',
    unit: 'rows',
    advice: 'A month arrived that had no partition. Make it; the rows are moved into it.',
    fix: 'qh maintain',
  },
  {
    name: 'statistics.refresh_lag',
    says: 'Touched buckets are folded soon; answers are exact all the same, but slower.',
    measure: `select count(*) as value, 'touched buckets waiting' as evidence from statistics.touched_log`,
    warning: 50_000,
    critical: 1_000_000,
    worse: 'above',
    unit: 'buckets',
    advice: 'The folding job does not keep up or does not run. Fold now and look at the log of the server.',
    fix: 'qh maintain',
  },
];
