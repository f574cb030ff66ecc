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

export type Severity = 'ok' | 'warning' | 'critical' | 'skipped';

export interface RuleResult {
  name: string;
  says: string;
  severity: Severity;
  value: number | null;
  unit: string;
  evidence: string;
  advice: string | null;
  fix: string | null;
}

interface Measured {
  severity: Severity;
  value: number | null;
  evidence: string | null;
  fix: string | null;
}

/** Rules through the one evaluator, platform.evaluate_rule. One that cannot be measured is `skipped` with the reason, never `ok`. */
export async function evaluate(rules: readonly Rule[], db: Pick<Db, 'query'>, log: Log): Promise<RuleResult[]> {
  const measured = await db.query<Measured>(
    `select e.severity, e.value, e.evidence, e.fix
     from unnest($1::text[], $2::numeric[], $3::numeric[], $4::text[]) with ordinality as r (measure, warning, critical, worse, place)
     cross join lateral platform.evaluate_rule(r.measure, r.warning, r.critical, r.worse) e
     order by r.place`,
    [
      rules.map(({ measure }) => measure),
      rules.map(({ warning }) => warning),
      rules.map(({ critical }) => critical),
      rules.map(({ worse }) => worse),
    ],
  );
  return rules.map((rule, place) => {
    const { severity, value, evidence, fix } = measured[place]!;
    if (evidence?.startsWith('The measurement failed')) log.warn({ rule: rule.name, evidence }, 'a rule could not be measured');
    const isBroken = severity === 'warning' || severity === 'critical';
    return {
      name: rule.name,
      says: rule.says,
      severity,
      value,
      unit: rule.unit,
      evidence: evidence ?? '',
      advice: isBroken ? rule.advice : null,
      fix: isBroken ? (fix ?? rule.fix ?? null) : null,
    };
  });
}
