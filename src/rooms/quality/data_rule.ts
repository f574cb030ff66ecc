/** The shape of a rule about data. Rules are data: what is wrong is a condition on a row, or a query whose rows are wrong. */

export const checkTypes = ['completeness', 'consistency', 'accuracy', 'timeliness', 'uniqueness'] as const;
export type CheckType = (typeof checkTypes)[number];

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** What a broken rule takes from the score of its table (seed 002); the score is 100 less all of these, not below 0. */
export const penalties: Readonly<Record<Severity, number>> = { critical: 30, high: 20, medium: 10, low: 5 };
export const scoreFormula = 'max(0, 100 − sum of penalties of the broken rules); critical 30, high 20, medium 10, low 5';

interface RuleBase {
  /** `table.what`. */
  rule: string;
  check: CheckType;
  /** Kind of the finding, in the words of seed 002. */
  type: string;
  /** Column, or columns joined by `, `. */
  field: string;
  severity: Severity;
  /** What should hold. */
  says: string;
  /** What to do about it. */
  advice: string;
}

export interface RowRule extends RuleBase {
  /** Condition on the row `t` that is true where it is wrong. All row rules of a table are counted in one scan. */
  wrong: string;
}

export interface SetRule extends RuleBase {
  /** Query of the wrong things; `$1` and `$2` are the start and the end of the period, both always used. */
  rows: string;
}

export type DataRule = RowRule | SetRule;

export interface DataTable {
  /** The name by which it is asked for; the view of that name in schema api. */
  table: string;
  /** Columns that name a row, in the order of examples. */
  key: readonly string[];
  /** Column by which the period narrows the scan; null: the table is small and read whole. */
  moment: string | null;
  rules: readonly DataRule[];
}

export const isRowRule = (rule: DataRule): rule is RowRule => 'wrong' in rule;
