/**
 * A million rows: backed up while two writers overwrite them, verified, restored. Beside it what one connection can do: the same rows
 * through COPY to nowhere. On a PostgreSQL of its own in a temporary folder.
 */
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import { fingerprints } from '../src/app/backup_fingerprints.ts';
import { rooms } from '../src/app/rooms.ts';
import { createBackup } from '../src/platform/backup/create.ts';
import { discard } from '../src/platform/backup/durable.ts';
import { restoreIntoDataDir } from '../src/platform/backup/restore.ts';
import { openSession } from '../src/platform/backup/session.ts';
import { verifyBackup } from '../src/platform/backup/verify.ts';
import { type Db, openPool } from '../src/platform/db/pool.ts';
import { serverUrl } from '../src/platform/db/roles.ts';
import { countOf, loadBatch, loadManyRows, type ManyRows } from '../test/fixtures/many_rows.ts';
import { type Report, round } from './figure.ts';
import { type OwnStore, openOwnStore } from './own_store.ts';

const many: ManyRows = { services: 3, sources: 10, days: 365, from: '2024-01-01' };
const roomNames = rooms.map((room) => room.name);

export async function run(report: Report): Promise<void> {
  await using store = await openOwnStore('backup');
  const db = openPool({ url: serverUrl(store.url, store.secretKey), applicationName: 'bench', max: 4 });
  await loadManyRows(db, many);
  await measure(store, db, report);
  await db.end();
}

async function measure({ folder, url, secretKey }: OwnStore, db: Db, report: Report): Promise<void> {
  const rows = countOf(many).toLocaleString('en');
  const options = { url, productVersion: 'bench', madeBy: 'command', fingerprints, sealer: null, keyFiles: [], secretKey } as const;
  const [limit] = await timed(() => copyNowhere(url));
  const [quiet, { bytes, database_bytes }] = await timed(() => createBackup({ ...options, folder: path.join(folder, 'quiet') }));
  const size = `${Math.round(bytes / 1e6)} MB of a database of ${Math.round(database_bytes / 1e6)} MB`;
  report({ name: `backup of ${rows} rows (${size})`, value: quiet, unit: 's', limit: `COPY of the facts to nowhere, one connection: ${limit} s` });
  const stop = new AbortController();
  const writers = ['MANY_1', 'MANY_2'].map(async (service) => {
    for (let shift = 1; !stop.signal.aborted; shift++) await loadBatch(db, many, service, shift);
  });
  const busy = path.join(folder, 'busy');
  const [underWriters, manifest] = await timed(() => createBackup({ ...options, folder: busy })).finally(() => stop.abort());
  await Promise.all(writers);
  report({ name: 'the same while two writers overwrite every row', value: underWriters, unit: 's' });
  const [verify, verified] = await timed(() => verifyBackup({ folder: busy, sealer: null, url, secretKey }));
  report({
    name: `its verification: ${verified.rows.toLocaleString('en')} rows restored, compared byte by byte, ${verified.fingerprints} figures equal`,
    value: verify,
    unit: 's',
  });
  const into = path.join(folder, 'restored');
  const [restore, restored] = await timed(() => restoreIntoDataDir(into, { folder: busy, sealer: null, secretKey, rooms: roomNames }));
  report({
    name: 'its restore into an empty data folder',
    value: restore,
    unit: 's',
    goal: 'every row, figures equal',
    reached: restored.rows === manifest.rows,
  });
}

async function timed<T>(work: () => Promise<T>): Promise<[seconds: number, result: T]> {
  const started = performance.now();
  const result = await work();
  return [round((performance.now() - started) / 1000, 1), result];
}

async function copyNowhere(url: string): Promise<void> {
  const client = await openSession(url, 'bench');
  await pipeline(client.query(copyTo('copy (select * from statistics.contact_statistics) to stdout')), discard());
  await client.end();
}
