/** What can be said of a backup without a passphrase and without reading all of it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { files } from './manifest.ts';
import { isSealed, madeAt, openBackup } from './open.ts';
import type { Verified } from './verify.ts';

export interface Description {
  /** Its folder. */
  backup: string;
  created_at: string;
  release: string | null;
  rows: number | null;
  bytes: number | null;
  state: 'encrypted' | 'damaged' | 'readable';
  verified_at: string | null;
}

export async function describeBackup(folder: string): Promise<Description> {
  const encrypted = isSealed(folder);
  const manifest = encrypted
    ? null
    : await openBackup(folder, null).then(
        ({ manifest: read }) => read,
        () => null,
      );
  const verifiedFile = path.join(folder, files.verified);
  const verified: Pick<Verified, 'verified_at'> | null = existsSync(verifiedFile) ? JSON.parse(await readFile(verifiedFile, 'utf8')) : null;
  return {
    backup: folder,
    created_at: manifest?.created_at ?? new Date(await madeAt(folder)).toISOString(),
    release: manifest?.product_version ?? null,
    rows: manifest?.rows ?? null,
    bytes: manifest?.bytes ?? null,
    state: encrypted ? 'encrypted' : manifest === null ? 'damaged' : 'readable',
    verified_at: verified?.verified_at ?? null,
  };
}
