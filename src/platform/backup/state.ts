/** What the database remembers of its backups (setting `backup.state`), and what people set (setting `backup`). */
import path from 'node:path';
import type { Config } from '../config/config.ts';
import type { Manifest } from './manifest.ts';
import type { Verified } from './verify.ts';

export interface BackupSettings {
  /** Null: on for the embedded database, off for an outside one. */
  scheduled: boolean | null;
  /** Null: QH_DATA_DIR/backups. */
  folder: string | null;
  keep_daily: number;
  keep_weekly: number;
  /** Whether a scheduled backup is restored into a scratch database and compared. */
  verify: boolean;
  /** Whether secret-key and admin-key go along; only into encrypted backups. */
  with_keys: boolean;
}

const fallback: BackupSettings = { scheduled: null, folder: null, keep_daily: 7, keep_weekly: 4, verify: true, with_keys: false };

export interface BackupState {
  last?: { backup: string; created_at: string; rows: number; bytes: number; database_bytes: number };
  last_verified?: Verified;
  /** Of the last scheduled run; null when it did what it should. */
  problem?: { at: string; text: string } | null;
  /** Whether the last run of the schedule found it switched on. */
  scheduled?: boolean;
}

type Query = <T>(text: string, values?: unknown[]) => Promise<T[]>;

async function readSetting(query: Query, name: string): Promise<object> {
  const rows = await query<{ value: object }>('select value from platform.settings where name = $1', [name]);
  return rows[0]?.value ?? {};
}

export const readSettings = async (query: Query): Promise<BackupSettings> => ({ ...fallback, ...(await readSetting(query, 'backup')) });

/** Where the server keeps its backups. */
export const homeOf = async (query: Query, { dataDir }: Pick<Config, 'dataDir'>): Promise<string> =>
  (await readSettings(query)).folder ?? path.join(dataDir, 'backups');
export const readState = async (query: Query): Promise<BackupState> => await readSetting(query, 'backup.state');

export async function changeState(query: Query, change: BackupState): Promise<void> {
  await query(
    `insert into platform.settings (name, value, updated_at) values ('backup.state', $1, platform.now())
     on conflict (name) do update set value = settings.value || excluded.value, updated_at = excluded.updated_at`,
    [JSON.stringify(change)],
  );
}

export function lastOf(folder: string, { created_at, rows, bytes, database_bytes }: Manifest): BackupState['last'] {
  return { backup: folder, created_at, rows, bytes, database_bytes };
}

/** Verifying an older backup does not make the newest verified one older. */
export async function noteVerified(query: Query, verified: Verified): Promise<void> {
  const { last_verified: known } = await readState(query);
  if (known === undefined || known.created_at <= verified.created_at) await changeState(query, { last_verified: verified });
}
