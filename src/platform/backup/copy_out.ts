/** Rows of one table to one file, from a snapshot. */
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { discard, Meter, store, type StoreOptions } from './durable.ts';
import type { TableCopy } from './manifest.ts';
import { explainRowSecurity } from './session.ts';
import type { SourceTable } from './snapshot.ts';

const { escapeIdentifier } = pg;

export const columnList = (columns: readonly string[]): string => columns.map((column) => escapeIdentifier(column)).join(', ');

function copyText(table: string, columns: readonly string[], condition: string | null): string {
  if (condition === null) return `copy ${table} (${columnList(columns)}) to stdout`;
  return `copy (select ${columnList(columns)} from ${table} where ${condition}) to stdout`;
}

export interface CopyOptions extends Omit<StoreOptions, 'compressed' | 'through'> {
  condition: string | null;
  onBytes: (count: number) => void;
  signal?: AbortSignal;
}

export async function copyOut(client: pg.ClientBase, { table, owner, columns }: SourceTable, options: CopyOptions): Promise<TableCopy> {
  const { condition, onBytes, signal, ...where } = options;
  const text = new Meter(onBytes);
  const rows = client.query(copyTo(copyText(table, columns, condition)));
  try {
    const stored = await store(rows, { ...where, compressed: true, through: text }, signal);
    const isEmpty = text.bytes === 0;
    if (isEmpty) await rm(path.join(where.folder, stored.file));
    return {
      table,
      owner,
      columns,
      condition,
      rows: rows.rowCount,
      text_bytes: text.bytes,
      text_sha256: text.sha256(),
      stored: isEmpty ? null : stored,
    };
  } catch (error) {
    throw explainRowSecurity(error, table);
  }
}

/** The SHA-256 of a table's rows as they are now. */
export async function hashRows(client: pg.ClientBase, table: string, columns: readonly string[], onBytes?: (count: number) => void): Promise<string> {
  const text = new Meter(onBytes);
  await pipeline(client.query(copyTo(copyText(table, columns, null))), text, discard());
  return text.sha256();
}
