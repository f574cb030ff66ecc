import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprints } from '../../app/backup_fingerprints.ts';
import { testSecretKey } from '../../../test/cluster.ts';
import { testDatabase } from '../../../test/database.ts';
import { countOf, loadBatch, loadManyRows } from '../../../test/fixtures/many_rows.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';
import { createBackup, type CreateOptions } from './create.ts';
import { storedFiles, type Manifest } from './manifest.ts';
import { verifyBackup } from './verify.ts';

const source = await testDatabase();
const many = { services: 2, sources: 5, days: 104, from: '2024-01-15' };
let folder: string;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qh-backup-'));
  chmodSync(folder, 0o755);
  await loadSmall(source);
  await loadManyRows(source.db, many);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const create = async (options: Partial<CreateOptions> = {}): Promise<{ at: string; manifest: Manifest }> => {
  const at = path.join(folder, `backup-${++count}`);
  const manifest = await createBackup({ url: source.url('superuser'), folder: at, productVersion: '1.2.3', madeBy: 'command', fingerprints, sealer: null, keyFiles: [], secretKey: testSecretKey, ...options });
  return { at, manifest };
};
const verify = (at: string) => verifyBackup({ folder: at, sealer: null, url: source.url('superuser'), secretKey: testSecretKey });

test('try', { timeout: 120_000 }, async () => {
  console.time('create');
  const { at, manifest } = await create();
  console.timeEnd('create');
  console.log(manifest.rows, countOf(many), manifest.bytes, manifest.fingerprints.map((f) => f.rows.length));
  console.time('verify');
  console.log(await verify(at));
  console.timeEnd('verify');
});
void describe; void expect; void readdirSync; void readFileSync; void writeFileSync; void loadBatch; void storedFiles;
