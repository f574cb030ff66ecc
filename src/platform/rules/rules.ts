import type { Db } from '../db/pool.ts';
import type { Log } from '../log/log.ts';

/** One thing that should hold. Health checks, data quality and alerts are all of this shape. */
export interface Rule {
  /** `room.what`. */
  name: string;
  /** What should hold, in a sentence. */
  says: string;
  /** SQL that gives one row (value numeric, evidence text), or code that does; no row, or a null value, means that it cannot be known. */
  measure: string | (() => Promise<Measured>);
  /** From which value on it is a warning, and from which it is critical; `above` says in which direction is worse. */
  warning: number;
  critical: number;
  worse: 'above' | 'below';
  unit: string;
  /** What to do about it, and the SQL or command that does it. */
  advice: string;
  fix?: string;
}

export interface Measured {
  value: number | null;
  evidence: string | null;
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
  try {
    const { measure } = rule;
    return judge(rule, typeof measure === 'string' ? (await db.query<Measured>(measure))[0] : await measure());
  } catch (error) {
    log.warn({ err: error, rule: rule.name }, 'a rule could not be measured');
    return judge(rule, { value: null, evidence: 'The measurement failed; the server log has the cause.' });
  }
}

/** What a measurement means; of many rules over one table the values come from one scan. */
export function judge(rule: Rule, measured: Measured | undefined): RuleResult {
  const result = { name: rule.name, says: rule.says, unit: rule.unit };
  if (measured === undefined || measured.value === null)
    return { ...result, severity: 'skipped', value: null, evidence: measured?.evidence ?? 'There is nothing to measure.', advice: null, fix: null };
  const severity = severityOf(rule, measured.value);
  const isFine = severity === 'ok';
  return {
    ...result,
    severity,
    value: measured.value,
    evidence: measured.evidence ?? '',
    advice: isFine ? null : rule.advice,
    fix: isFine ? null : (rule.fix ?? null),
  };
}

/** At the threshold itself a rule is already broken. */
export function severityOf(rule: Pick<Rule, 'warning' | 'critical' | 'worse'>, value: number): 'ok' | 'warning' | 'critical' {
  const reached = (threshold: number) => (rule.worse === 'above' ? value >= threshold : value <= threshold);
  if (reached(rule.critical)) return 'critical';
  return reached(rule.warning) ? 'warning' : 'ok';
}
