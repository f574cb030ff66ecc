/** Running one SQL file, with errors that name file and line. */
import pg from 'pg';
import { QhError } from '../errors.ts';
import type { SqlFile } from './sources.ts';

export async function run(client: pg.ClientBase, file: SqlFile): Promise<void> {
  const error = await attempt(client, file);
  if (error !== null) throw annotated(error, file);
}

/** Runs the file in a savepoint; the error, or null. */
export async function attempt(client: pg.ClientBase, file: SqlFile): Promise<unknown> {
  await client.query('savepoint file');
  try {
    await client.query(file.text);
    await client.query('release savepoint file');
    return null;
  } catch (error) {
    await client.query('rollback to savepoint file');
    return error;
  }
}

/** The error with file and line, as an editor can open it. */
export function annotated(error: unknown, file: SqlFile): Error {
  if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error : new Error(String(error));
  // PostgreSQL counts characters, a string's length counts UTF-16 units.
  const line = error.position ? Array.from(file.text).slice(0, Number(error.position)).join('').split('\n').length : 1;
  const detail = error.detail ? ` (${error.detail})` : '';
  return new QhError('internal', `${file.path}:${line}: ${error.message}${detail}`, { hint: error.hint ?? 'Correct the file.', cause: error });
}
