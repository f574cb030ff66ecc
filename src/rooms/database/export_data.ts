import { randomUUID } from 'node:crypto';
import { authorize } from '../../platform/auth/authorize.ts';
import { callerSettings, type Principal } from '../../platform/auth/principal.ts';
import { now } from '../../platform/clock/clock.ts';
import { implement, type Context } from '../../platform/contract/implement.ts';
import { parseInput } from '../../platform/contract/input.ts';
import type { AnyOperation, InputOf } from '../../platform/contract/operation.ts';
import { QhError } from '../../platform/errors.ts';
import { bulkExport } from './contract.ts';
import { readAs, viewOf, type Relations } from './relation.ts';
import { selectionOf } from './select.ts';
import { tableStatement } from './export_rows.ts';

/** Rows of 45 columns that were written as csv in a second (a million in 28 s on two shared cores); only to tell when a file will be there. */
const rowsPerSecond = 35_000;

/** What an export holds; kept with it, so that the job writes what was asked for. */
export interface Configuration {
  table_name?: string;
  operation?: string;
  input?: Record<string, unknown>;
  columns?: string[];
  filter?: string;
  order?: string[];
  format: 'csv' | 'jsonl' | 'xlsx';
}

/** Takes the order for a file: everything that can be wrong is said now and not by the job. */
export const bulkExportVerb = (relations: Relations, operations: readonly AnyOperation[]) =>
  implement(bulkExport, async (input, context) => {
    const configuration = { format: 'csv', ...input } as Configuration;
    const { estimate, reader } =
      configuration.operation === undefined
        ? await checkTable(configuration, relations, context)
        : checkOperation({ ...configuration, operation: configuration.operation }, operations, context);
    const exportId = randomUUID();
    await context.effect(async (tx) => {
      await tx.query(
        `insert into database.exports (export_id, configuration, format, principal_id, caller, created_by, rows_estimate, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, platform.now(), platform.now())`,
        [
          exportId,
          JSON.stringify(configuration),
          configuration.format,
          context.principal.id,
          JSON.stringify(callerSettings(reader)),
          context.principal.name,
          estimate,
        ],
      );
      const asked = { export_id: exportId, principal_kind: context.principal.kind, request_id: context.requestId ?? null };
      await context.jobs.send('database.export', asked, tx);
    });
    return {
      export_id: exportId,
      status: 'queued',
      message: 'The file is being written; database.export_status tells how far it is.',
      estimated_completion: estimate === null ? null : new Date(now().getTime() + 1000 + (estimate / rowsPerSecond) * 1000).toISOString(),
      configuration: { ...configuration },
    };
  });

/** How many rows there may be, and the caller with the rights by which the file is read. */
interface Checked {
  estimate: number | null;
  reader: Principal;
}

async function checkTable(configuration: Configuration, relations: Relations, context: Context): Promise<Checked> {
  if (configuration.table_name === undefined) throw wrong('table_name', 'is required', null, 'Give table_name, or operation with its input.');
  if (configuration.input !== undefined)
    throw wrong('input', 'belongs to an operation', configuration.input, 'A table takes columns, filter and order.');
  const relation = await relations.find(configuration.table_name, context.principal, context.db);
  configuration.table_name = relation.table_name;
  const { principal: reader, db } = readAs(relation, context);
  const { text, values } = tableStatement(selectionOf(relation, configuration, viewOf(reader)), 'jsonl');
  // The planner also says what it would say only when the rows are read, such as a value that is none of its type.
  const [plan] = await db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(`explain (format json) ${text}`, values);
  return { estimate: plan!['QUERY PLAN'][0].Plan['Plan Rows'], reader };
}

function checkOperation(configuration: Configuration & { operation: string }, operations: readonly AnyOperation[], context: Context): Checked {
  for (const name of ['table_name', 'columns', 'filter', 'order'] as const)
    if (configuration[name] !== undefined)
      throw wrong(name, 'belongs to a table', configuration[name], 'An operation takes what it declares, in input.');
  const operation = operations.find(({ name }) => name === configuration.operation);
  const isList = operation?.sql !== undefined && operation.method === 'GET' && (operation.result === 'list' || operation.result === 'rows');
  if (!isList)
    throw wrong(
      'operation',
      'is no operation that lists rows out of the database',
      configuration.operation,
      'Such as statistics.intervals or org.employees.',
    );
  const reader = authorize(operation, context.principal);
  const { limit, cursor, ...fields } = configuration.input ?? {};
  if (limit !== undefined || cursor !== undefined)
    throw wrong('input', 'takes no limit and no cursor: a file holds the whole list', configuration.input);
  configuration.input = parseInput(operation, fields, false);
  return { estimate: null, reader };
}

function wrong(path: keyof InputOf<typeof bulkExport>, rule: string, value: unknown, hint?: string): QhError {
  return new QhError('bad_request', `${path}: ${rule}`, { errors: [{ path, rule, value, ...(hint === undefined ? {} : { hint }) }] });
}
