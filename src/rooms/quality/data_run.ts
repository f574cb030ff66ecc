import { randomUUID } from 'node:crypto';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log/log.ts';
import { checkTable, periodOf, type TableCheck } from './data_check.ts';
import type { CheckType } from './data_rule.ts';
import { dataTables, tableNames } from './data_tables.ts';

export interface RunOptions {
  tables?: readonly string[];
  checkTypes: readonly CheckType[];
  startDate?: string;
  endDate?: string;
}

export interface Run {
  checks: TableCheck[];
  overallScore: number | null;
  period: { from: string; to: string };
  durationMs: number;
}

/** Checks several tables, each by the rules of the wanted kinds. */
export async function runChecks(db: Db, log: Log, { tables = tableNames, checkTypes, startDate, endDate }: RunOptions): Promise<Run> {
  const started = performance.now();
  for (const name of tables) requireTable(name);
  const period = await periodOf(db, startDate, endDate);
  const checks: TableCheck[] = [];
  for (const table of dataTables.filter((entry) => tables.includes(entry.table)))
    checks.push(
      await checkTable(
        db,
        log,
        table,
        table.rules.filter(({ check }) => checkTypes.includes(check)),
        period,
      ),
    );
  const scores = checks.map(({ quality_score: score }) => score).filter((score) => score !== null);
  const mean = scores.length === 0 ? null : Math.round((100 * scores.reduce((sum, score) => sum + score, 0)) / scores.length) / 100;
  return { checks, overallScore: mean, period, durationMs: performance.now() - started };
}

/** Only declared names reach SQL; any other is not there. */
export function requireTable(name: string) {
  const table = dataTables.find((entry) => entry.table === name);
  if (table === undefined) throw new QhError('not_found', `There are no rules about a table ${name}.`, { hint: `Tables: ${tableNames.join(', ')}` });
  return table;
}

/** Writes a run down for the history: whose it was, and what its caller could see, since scores of some services are not those of all. */
export async function saveRun(
  tx: Pick<Tx, 'query'>,
  run: Run,
  trigger: 'schedule' | 'demand',
  by: string,
  checkTypes: readonly string[],
): Promise<string> {
  const runId = randomUUID();
  await tx.query(
    `insert into quality.data_runs (run_id, run_at, trigger, requested_by, service_ids, start_time, end_time, check_types, overall_score, duration_ms)
     values ($1, platform.now(), $2, $3, quality.own_services(), $4, $5, $6, $7, $8)`,
    [runId, trigger, by, run.period.from, run.period.to, checkTypes, run.overallScore, run.durationMs],
  );
  await tx.query(
    `insert into quality.data_results (run_id, table_name, quality_score, row_count, issue_count, result)
     select $1, r.result ->> 'table_name', (r.result ->> 'quality_score')::numeric, (r.result -> 'statistics' ->> 'rows_checked')::bigint,
       jsonb_array_length(r.result -> 'issues_found'), r.result
     from jsonb_array_elements($2::jsonb) r (result)`,
    [runId, JSON.stringify(run.checks)],
  );
  return runId;
}
