import { now } from '../../platform/clock/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log/log.ts';
import { evaluate, type Rule } from '../../platform/rules/rules.ts';
import { isRowRule, penalties, scoreFormula, type CheckType, type DataRule, type DataTable, type Severity } from './data_rule.ts';
import { exampleSql, queryOf, type Period } from './data_query.ts';

export interface Issue {
  type: string;
  field: string;
  count: number;
  severity: Severity;
  rule: string;
  check_type: CheckType;
  says: string;
  share_pct: number | null;
  penalty: number;
  recommendation: string;
  query: string;
  examples: Record<string, unknown>[];
}

export interface TableCheck {
  table_name: string;
  validation_timestamp: string;
  /** Null when no rule could be measured. */
  quality_score: number | null;
  issues_found: Issue[];
  recommendations: string[];
  statistics: {
    rows_checked: number | null;
    start_date: string | null;
    end_date: string | null;
    rules_checked: number;
    rules_skipped: number;
    penalty_sum: number;
    score_formula: string;
  };
  skipped: { rule: string; reason: string }[];
}

type Runner = Pick<Db, 'query'>;
type Measured = { rule: DataRule; count: number | null; reason: string };

const defaultDays = 30;
const never = 1e15;

/**
 * The period that is looked at: as asked; else the 30 days that end now, or that end with the newest figures where those are older.
 */
export async function periodOf(db: Runner, startDate?: string, endDate?: string): Promise<Period> {
  const moment = now();
  const end = endDate === undefined ? moment : read('end_date', endDate);
  let start = startDate === undefined ? null : read('start_date', startDate);
  if (start === null) {
    const [newest] = await db.query<{ end_time: Date }>('select p.end_time from statistics.period(null, null, null) p');
    const from = Math.min(end.getTime(), newest === undefined ? end.getTime() : newest.end_time.getTime());
    start = new Date(from - defaultDays * 86_400_000);
  }
  if (start >= end)
    throw new QhError('bad_request', 'start_date: must lie before end_date', {
      errors: [{ path: 'start_date', rule: 'must lie before end_date', value: startDate ?? null }],
    });
  return { from: start.toISOString(), to: end.toISOString() };
}

const form = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** A day or a moment; without an offset it is UTC. */
function read(path: string, value: string): Date {
  const match = form.exec(value);
  const moment = new Date(match?.[1] === undefined && value.length > 10 ? `${value.replace(' ', 'T')}Z` : value.replace(' ', 'T'));
  const isReal = !Number.isNaN(moment.getTime()) && (value.length > 10 || moment.toISOString().startsWith(value));
  if (match !== null && isReal) return moment;
  const hint = 'Write 2025-03-01 or 2025-03-01T09:00:00Z.';
  throw new QhError('bad_request', `${path}: ${value} is no date`, { hint, errors: [{ path, rule: 'is no date', value, hint }] });
}

/** Checks one table: one scan for all rules about single rows, one query per other rule, examples only of what is broken. */
export async function checkTable(db: Runner, log: Log, table: DataTable, rules: readonly DataRule[], period: Period): Promise<TableCheck> {
  const [present] = await db.query<{ is_there: boolean }>(`select to_regclass('api.' || $1::text) is not null as is_there`, [table.table]);
  const { rowCount, measured } = present!.is_there
    ? await measure(db, log, table, rules, period)
    : { rowCount: null, measured: rules.map((rule) => ({ rule, count: null, reason: `There is no ${table.table} in this installation.` })) };
  const results = await evaluate(measured.map(asRule), db, log);
  const issues: Issue[] = [];
  const skipped: TableCheck['skipped'] = [];
  for (const [place, result] of results.entries()) {
    const { rule, count, reason } = measured[place]!;
    if (result.severity === 'skipped') skipped.push({ rule: rule.rule, reason });
    else if (result.severity !== 'ok') issues.push(await issueOf(db, table, rule, count!, rowCount, period));
  }
  const weight = (issue: Issue) => issue.penalty;
  issues.sort((a, b) => weight(b) - weight(a) || b.count - a.count);
  const penaltySum = issues.reduce((sum, { penalty }) => sum + penalty, 0);
  const checkedCount = rules.length - skipped.length;
  return {
    table_name: table.table,
    validation_timestamp: now().toISOString(),
    quality_score: checkedCount === 0 ? null : Math.max(0, 100 - penaltySum),
    issues_found: issues,
    recommendations: [...new Set(issues.map(({ recommendation }) => recommendation))],
    statistics: {
      rows_checked: rowCount,
      start_date: table.moment === null ? null : period.from,
      end_date: table.moment === null ? null : period.to,
      rules_checked: checkedCount,
      rules_skipped: skipped.length,
      penalty_sum: penaltySum,
      score_formula: scoreFormula,
    },
    skipped,
  };
}

async function measure(db: Runner, log: Log, table: DataTable, rules: readonly DataRule[], period: Period) {
  const measured: Measured[] = [];
  const rowRules = rules.filter(isRowRule);
  const counts = rowRules.map(({ wrong }, place) => `count(*) filter (where ${wrong}) as r${place}`);
  const where = table.moment === null ? '' : ` where t.${table.moment} >= $1 and t.${table.moment} < $2`;
  const values = table.moment === null ? [] : [period.from, period.to];
  const [row] = await db.query<Record<string, number>>(
    `select ${['count(*) as row_count', ...counts].join(', ')} from api.${table.table} t${where}`,
    values,
  );
  for (const [place, rule] of rowRules.entries()) measured.push({ rule, count: row![`r${place}`]!, reason: '' });
  for (const rule of rules) {
    if (isRowRule(rule)) continue;
    try {
      const [found] = await db.query<{ count: number }>(`select count(*) as count from (${rule.rows}) x`, [period.from, period.to]);
      measured.push({ rule, count: found!.count, reason: '' });
    } catch (error) {
      // What one query lacks must not take the others' answers away.
      log.warn({ err: error, rule: rule.rule }, 'a rule about data could not be measured');
      measured.push({ rule, count: null, reason: 'The query failed; the log of the server has the cause.' });
    }
  }
  const rowCount = row!.row_count!;
  if (rowCount > 0) return { rowCount, measured };
  // Nothing is wrong with no rows, and nothing right: only what is found missing says something.
  const reason = table.moment === null ? 'There is no row in the table.' : 'There is no row in the period.';
  return { rowCount, measured: measured.map((entry) => (entry.count === 0 ? { ...entry, count: null, reason } : entry)) };
}

/** The count as a rule of the one evaluator: from one wrong row on it is broken. */
function asRule({ rule, count }: Measured): Rule {
  return {
    name: rule.rule,
    says: rule.says,
    measure: `select ${count === null ? 'null' : String(count)}::numeric as value, 'wrong rows' as evidence`,
    warning: 1,
    critical: rule.severity === 'critical' ? 1 : never,
    worse: 'above',
    unit: 'rows',
    advice: rule.advice,
  };
}

async function issueOf(db: Runner, table: DataTable, rule: DataRule, count: number, rowCount: number | null, period: Period): Promise<Issue> {
  const { text, values } = exampleSql(table, rule, period, 5);
  const examples = await db.query<{ row: Record<string, unknown> }>(text, values);
  return {
    type: rule.type,
    field: rule.field,
    count,
    severity: rule.severity,
    rule: rule.rule,
    check_type: rule.check,
    says: rule.says,
    share_pct: isRowRule(rule) && rowCount !== null && rowCount > 0 ? Math.round((10_000 * count) / rowCount) / 100 : null,
    penalty: penalties[rule.severity],
    recommendation: rule.advice,
    query: queryOf(table, rule, period),
    examples: examples.map(({ row }) => row),
  };
}
