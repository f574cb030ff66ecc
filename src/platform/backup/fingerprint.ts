import { createHash } from 'node:crypto';
import type pg from 'pg';
import { catalog, printCatalog } from '../db/catalog.ts';
import type { Fingerprint, FingerprintAnswer } from './manifest.ts';

/** The answers, each row as the text that PostgreSQL makes of it: no digit is lost on the way. */
export async function askFingerprints(
  client: pg.ClientBase,
  asked: readonly Fingerprint[],
  schemas: readonly string[],
): Promise<FingerprintAnswer[]> {
  const answers: FingerprintAnswer[] = [];
  for (const fingerprint of asked.filter(({ schema }) => schemas.includes(schema))) {
    const { rows } = await client.query<{ row: string }>(`select row_to_json(f)::text as row from (${fingerprint.sql}) f`);
    answers.push({ name: fingerprint.name, schema: fingerprint.schema, sql: fingerprint.sql, rows: rows.map(({ row }) => row) });
  }
  return answers;
}

/** What differs, in words; empty when all answers are the same. */
export function differences(expected: readonly FingerprintAnswer[], found: readonly FingerprintAnswer[]): string[] {
  return expected.flatMap(({ name, rows }) => {
    const now = found.find((answer) => answer.name === name)?.rows ?? [];
    const at = rows.findIndex((row, index) => row !== now[index]);
    if (at < 0 && now.length === rows.length) return [];
    const place = at < 0 ? rows.length : at;
    return [`${name}: row ${place + 1} was ${rows[place] ?? 'not there'} and is ${now[place] ?? 'not there'}`];
  });
}

/** Of everything that the catalogue says but rights, which name roles that need not exist elsewhere. */
export async function catalogHash(client: pg.ClientBase, schemas: readonly string[]): Promise<string> {
  const db = { query: async <T>(text: string, values?: unknown[]): Promise<T[]> => (await client.query(text, values)).rows as T[] };
  const rows = await catalog(db, schemas);
  return createHash('sha256')
    .update(printCatalog(rows.filter(({ kind }) => kind !== 'right')))
    .digest('hex');
}
