/** What a backup says about itself. Every byte of a backup is covered: files by the manifest, the manifest by manifest.sha256. */
import type { Definition } from './definitions.ts';

export const formatNumber = 1;

export interface StoredFile {
  /** Path in the backup's folder, with `/`. */
  file: string;
  bytes: number;
  /** Of the file as it lies there: compressed, and encrypted if so. */
  sha256: string;
}

export interface TableCopy {
  table: string;
  owner: string;
  columns: readonly string[];
  /** A condition on the rows that are kept; null for all of them. */
  condition: string | null;
  rows: number;
  text_bytes: number;
  /** Of the rows as COPY text, before compression. */
  text_sha256: string;
  /** Null when there are no rows. */
  stored: StoredFile | null;
}

export interface SequencePosition {
  sequence: string;
  /** As text: it may be larger than a number holds exactly. */
  last_value: string;
  is_called: boolean;
}

/** A question whose answer must be the same after a restore: asked in the snapshot, and again of what was restored. */
export interface Fingerprint {
  name: string;
  /** The schema that must be there for it to be asked. */
  schema: string;
  sql: string;
}

export interface FingerprintAnswer extends Fingerprint {
  /** One JSON text per row, in order. */
  rows: readonly string[];
}

export interface Manifest {
  format: number;
  product: 'quarterhour';
  product_version: string;
  created_at: string;
  /** Who asked: a person by command, or the schedule. */
  made_by: 'command' | 'schedule';
  server_version: string;
  server_version_num: number;
  database_bytes: number;
  snapshot_id: string;
  compression: 'zstd';
  encrypted: boolean;
  /** Of the SQL sources that the database had. */
  schema_hash: string | null;
  migrations: readonly { name: string; hash: string; applied_at: string }[];
  schemas: readonly string[];
  /** Of the catalogue's description (platform/db/catalog.ts) without rights, by which a restored schema is compared. */
  catalog_sha256: string;
  rows: number;
  /** Of all files but the manifest. */
  bytes: number;
  definitions: StoredFile;
  tables: readonly TableCopy[];
  sequences: readonly SequencePosition[];
  fingerprints: readonly FingerprintAnswer[];
  /** Files of the data folder that were asked for: secret-key, admin-key. */
  keys: readonly StoredFile[];
  /** Tells whether a secret key is the one that the stored secrets and API keys were made with. */
  secret_key_check: string | null;
}

export interface Definitions {
  definitions: readonly Definition[];
}

export const files = {
  manifest: 'manifest.json',
  sealedManifest: 'manifest.json.enc',
  manifestHash: 'manifest.sha256',
  definitions: 'definitions.json.zst',
  verified: 'verified.json',
  data: 'data',
  keys: 'keys',
} as const;

/** Everything that a restore touches or that belongs beside the rows is listed here, so that a check needs one list. */
export function storedFiles(manifest: Manifest): StoredFile[] {
  return [manifest.definitions, ...manifest.tables.flatMap(({ stored }) => (stored === null ? [] : [stored])), ...manifest.keys];
}
