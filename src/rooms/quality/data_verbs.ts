import { implement, type Context, type Implemented } from '../../platform/contract/implement.ts';
import { QhError } from '../../platform/errors.ts';
import { checkTable, periodOf } from './data_check.ts';
import { dataRows, dataRules, runChecks as runChecksOperation, validateTable } from './data_contract.ts';
import { exampleSql, queryOf } from './data_query.ts';
import { checkTypes, isRowRule, penalties, type CheckType, type DataRule } from './data_rule.ts';
import { requireTable, runChecks, saveRun } from './data_run.ts';
import { dataTables, findRule } from './data_tables.ts';

/** Some kinds of check, or some rules by name; none given: all. */
function chosen(rules: readonly DataRule[], names: string | undefined): readonly DataRule[] {
  if (names === undefined) return rules;
  const wanted = names.split(',').map((name) => name.trim());
  const known = new Set<string>([...checkTypes, ...rules.map(({ rule }) => rule), ...rules.map(({ type }) => type)]);
  const unknown = wanted.filter((name) => !known.has(name));
  const hint = `Kinds: ${checkTypes.join(', ')}. Rules: ${rules.map(({ rule }) => rule).join(', ')}`;
  if (unknown.length > 0)
    throw new QhError('bad_request', `validation_rules: ${unknown.join(', ')} is no kind of check and no rule of this table`, {
      hint,
      errors: [{ path: 'validation_rules', rule: 'is no kind of check and no rule of this table', value: unknown.join(', '), hint }],
    });
  return rules.filter(({ rule, check, type }) => wanted.includes(rule) || wanted.includes(check) || wanted.includes(type));
}

const callerOf = ({ principal }: Context): string => principal.displayName ?? principal.name;

export const dataVerbs: readonly Implemented[] = [
  implement(validateTable, async (input, { db, log }) => {
    const table = requireTable(input.table_name);
    const rules = chosen(table.rules, input.validation_rules);
    return checkTable(db, log, table, rules, await periodOf(db, input.start_date, input.end_date));
  }),
  implement(runChecksOperation, async (input, context) => {
    const kinds: readonly CheckType[] = input.check_types ?? ['completeness', 'consistency', 'accuracy'];
    const { start_date: startDate, end_date: endDate } = input.parameters ?? {};
    const run = await runChecks(context.db, context.log, {
      checkTypes: kinds,
      ...(input.tables === undefined ? {} : { tables: input.tables }),
      ...(startDate === undefined ? {} : { startDate }),
      ...(endDate === undefined ? {} : { endDate }),
    });
    return context.effect(async (tx) => ({
      run_id: await saveRun(tx, run, 'demand', callerOf(context), kinds),
      results: Object.fromEntries(run.checks.map((check) => [check.table_name, check])),
      overall_quality_score: run.overallScore,
      tables_checked: run.checks.map((check) => check.table_name),
      check_types: [...kinds],
      timestamp: run.checks[0]?.validation_timestamp ?? run.period.to,
    }));
  }),
  implement(dataRules, async () =>
    dataTables.flatMap(({ table, rules }) =>
      rules.map((rule) => ({
        rule: rule.rule,
        table_name: table,
        check_type: rule.check,
        type: rule.type,
        field: rule.field,
        severity: rule.severity,
        penalty: penalties[rule.severity],
        says: rule.says,
        condition: isRowRule(rule) ? rule.wrong : rule.rows.replaceAll(/\s+/g, ' '),
        recommendation: rule.advice,
      })),
    ),
  ),
  implement(dataRows, async (input, { db }) => {
    const found = findRule(input.rule);
    if (found === null) throw new QhError('not_found', `There is no rule ${input.rule}.`, { hint: 'quality.data_rules lists them.' });
    const period = await periodOf(db, input.start_date, input.end_date);
    const limit = input.row_limit ?? 100;
    const { text, values } = exampleSql(found.table, found.rule, period, limit + 1);
    const rows = (await db.query<{ row: Record<string, unknown> }>(text, values)).map(({ row }) => row);
    return {
      rule: input.rule,
      says: found.rule.says,
      query: queryOf(found.table, found.rule, period),
      rows: rows.slice(0, limit),
      has_more: rows.length > limit,
    };
  }),
];
