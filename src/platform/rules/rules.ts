import type { Db } from '../db/pool.ts';
import type { Log } from '../log/log.ts';

/** One thing that should hold. Health checks, data quality and alerts are all of this shape. */
export interface Rule {
  /** `room.what`. */
  name: string;
  /** What should hold, in a sentence. */
  says: string;
  /** SQL that gives one row (value numeric, evidence text); no row, or a null value, means that it cannot be known. */
  measure: string;
  /** From which value on it is a warning, and from which it is critical; `above` says in which direction is worse. */
  warning: number;
  critical: number;
  worse: 'above' | 'below';
  unit: string;
  /** What to do about it, and the SQL or command that does it. */
  advice: string;
  fix?: string;
}

export interface RuleResult {
  name: string;
  says: string;
  severity: 'ok' | 'warning' | 'critical' | 'skipped';
  value: number | null;
  unit: string;
  evidence: string;
  advice: string | null;
  fix: string | null;
}

/** The one evaluator. A rule that cannot be measured is `skipped` with the reason, never `ok`. */
export async function evaluate(rules: readonly Rule[], db: Pick<Db, 'query'>, log: Log): Promise<RuleResult[]> {
  const results: RuleResult[] = [];
  for (const rule of rules) results.push(await evaluateOne(rule, db, log));
  return results;
}

async function evaluateOne(rule: Rule, db: Pick<Db, 'query'>, log: Log): Promise<RuleResult> {
  const result = { name: rule.name, says: rule.says, unit: rule.unit };
  try {
    const [row] = await db.query<{ value: number | null; evidence: string | null }>(rule.measure);
    if (row === undefined || row.value === null)
      return { ...result, severity: 'skipped', value: null, evidence: row?.evidence ?? 'There is nothing to measure.', advice: null, fix: null };
    const severity = severityOf(rule, row.value);
    const isFine = severity === 'ok';
    return {
      ...result,
      severity,
      value: row.value,
      evidence: row.evidence ?? '',
      advice: isFine ? null : rule.advice,
      fix: isFine ? null : (rule.fix ?? null),
    };
  } catch (error) {
    log.warn({ err: error, rule: rule.name }, 'a rule could not be measured');
    return {
      ...result,
      severity: 'skipped',
      value: null,
      evidence: 'The measurement failed; the server log has the cause.',
      advice: null,
      fix: null,
    };
  }
}

/** At the threshold itself a rule is already broken. */
export function severityOf(rule: Pick<Rule, 'warning' | 'critical' | 'worse'>, value: number): 'ok' | 'warning' | 'critical' {
  const reached = (threshold: number) => (rule.worse === 'above' ? value >= threshold : value <= threshold);
  if (reached(rule.critical)) return 'critical';
  return reached(rule.warning) ? 'warning' : 'ok';
}
