/** Moves the embedded database to this release's major version of PostgreSQL: backup from the old server, restore into a new one. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { now } from '../clock/clock.ts';
import { serverUser } from '../db/os-user.ts';
import { findRunning, freePort, startPostmaster, stopPostmaster } from '../db/postmaster.ts';
import { QhError } from '../errors.ts';
import { createBackup } from './create.ts';
import { binariesIn, binariesMajor, findBinaries, majorsOf } from './major.ts';
import { markForRepeat } from './marker.ts';
import type { Fingerprint } from './manifest.ts';
import { type Restored, restoreIntoDataDir, type RestoreOptions } from './restore.ts';
import { stamp } from './retention.ts';

export interface UpgradeOptions extends Omit<RestoreOptions, 'folder'> {
  dataDir: string;
  productVersion: string;
  fingerprints: readonly Fingerprint[];
  /** The folder with the old version's `postgres`; null: looked for. */
  oldBinaries: string | null;
}

export interface Upgraded extends Restored {
  from: number;
  to: number;
}

const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_locks_per_transaction: '256', TimeZone: 'UTC' };

/** The old cluster stays beside the new one, the backup in `backups`; a repeat after an interruption takes up where it was. */
export async function upgradeCluster(options: UpgradeOptions): Promise<Upgraded> {
  const { dataDir, tell = () => {} } = options;
  const majors = majorsOf(dataDir);
  if (majors === null || majors.clusterMajor === null || majors.ownMajor === null)
    throw new QhError('not_found', `There is no database in ${dataDir}.`);
  const { cluster, clusterMajor: from, ownMajor: to } = majors;
  if (from === to) throw new QhError('conflict', `The database in ${dataDir} is of PostgreSQL ${to} already.`, { hint: 'There is nothing to do.' });
  if (findRunning(cluster)) throw new QhError('conflict', `A server runs on ${cluster}.`, { hint: 'Stop Quarterhour, then upgrade.' });
  const binaries = options.oldBinaries === null ? findBinaries(from, dataDir) : binariesIn(options.oldBinaries);
  if (binaries === null || binariesMajor(binaries) !== from)
    throw new QhError(
      'not_found',
      `The programs of PostgreSQL ${from} are not ${options.oldBinaries === null ? 'on this machine' : `in ${options.oldBinaries}`}.`,
      {
        hint: `Install them (apt-get install postgresql-${from}) or name their folder: --old-binaries FOLDER`,
      },
    );
  const folder = path.join(dataDir, 'backups', `before-upgrade-${stamp(now())}`);
  tell(`starting PostgreSQL ${from}`);
  const logFile = path.join(dataDir, 'log', 'postgresql.log');
  const { port } = await startPostmaster({ binaries, cluster, user: serverUser(), logFile, settings }, await freePort());
  try {
    const url = `postgresql://postgres:${password(dataDir)}@127.0.0.1:${port}/quarterhour`;
    const secretKey = options.secretKey ?? keptSecretKey(dataDir);
    await createBackup({ ...options, url, folder, madeBy: 'command', keyFiles: [], secretKey });
  } finally {
    await stopPostmaster(cluster);
  }
  // From here on a start is refused until the restore is through; it moves the old cluster aside.
  await markForRepeat(dataDir, folder);
  return { ...(await restoreIntoDataDir(dataDir, { ...options, folder })), from, to };
}

const password = (dataDir: string): string => encodeURIComponent(readFileSync(path.join(dataDir, 'database-password'), 'utf8').trim());

function keptSecretKey(dataDir: string): string | null {
  const file = path.join(dataDir, 'secret-key');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
