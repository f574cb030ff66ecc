import { CommanderError } from 'commander';
import { fromPostgres, QhError } from '../platform/errors.ts';

/** 1 failed, 2 wrong use; help and version are no failure. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof SyntaxError) return 2;
  return asQhError(error).exitCode;
}

/** What went wrong and what to do next; as a problem object for programs. */
export function printError(error: unknown, write: (text: string) => void, json: boolean): void {
  // Commander has already printed its own.
  if (error instanceof CommanderError) return;
  const problem = asQhError(error);
  if (json) {
    const { code, title, status, detail, hint, errors } = problem;
    write(`${JSON.stringify({ code, title, status, detail, hint, errors })}\n`);
    return;
  }
  write(`${problem.title}: ${problem.detail}\n`);
  for (const { path, rule, value, hint } of problem.errors) {
    write(
      `  ${path}: ${rule}${value === undefined || value === null ? '' : ` (got ${JSON.stringify(value)})`}${hint === undefined ? '' : `. ${hint}`}\n`,
    );
  }
  write(`${problem.hint}\n`);
}

function asQhError(error: unknown): QhError {
  if (error instanceof QhError) return error;
  if (error instanceof SyntaxError) return new QhError('bad_request', error.message, { hint: 'See the command with --help.' });
  const known = fromPostgres(error);
  if (known.code !== 'internal') return known;
  // At the command line there is no log to look into, and its reader is the owner of the system.
  return new QhError('internal', error instanceof Error ? error.message : String(error), {
    cause: error,
    hint: 'If this should not happen, run it again with QH_LOG_LEVEL=debug.',
  });
}
