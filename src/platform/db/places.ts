/** Where the embedded server's things are: everything in QH_DATA_DIR, unless the server's user cannot enter that folder. */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { QhError } from '../errors.ts';
import { isSafeBase } from './binaries.ts';
import { canEnter, type OsUser } from './os-user.ts';

/** Folders outside QH_DATA_DIR that root may use for what its `postgres` user must reach; /var/lib outlives a reboot, /tmp need not. */
export function reachableBases(dataDir: string, user: OsUser | null): string[] {
  return user ? ['/var/lib/quarterhour', join(tmpdir(), 'quarterhour')] : [dataDir];
}

/** Makes the data folder if it is missing. Its mode is the user's affair: an existing folder keeps it. */
export function makeDataDir(dataDir: string): string {
  mkdirSync(join(dataDir, 'log'), { recursive: true });
  return realpathSync(dataDir);
}

/**
 * The cluster's folder (which need not exist yet). When only root can enter QH_DATA_DIR, it stands in a folder of its own
 * under a reachable base, recorded in QH_DATA_DIR/cluster-location: we never loosen the mode of a user's folder.
 */
export function clusterDir(dataDir: string, user: OsUser | null): string {
  const inside = join(dataDir, 'cluster');
  const record = join(dataDir, 'cluster-location');
  if (existsSync(record)) return recordedCluster(dataDir, record);
  if (canEnter(dataDir, user)) return inside;
  if (existsSync(inside)) {
    throw new QhError('internal', `The user ${user?.name ?? ''} can no longer enter ${dataDir}, where its cluster is.`, {
      hint: `Let that user enter the folder again (chmod o+x on it and its parents).`,
    });
  }
  const base = reachableBases(dataDir, user).find((folder) => isSafeBase(folder, user));
  if (!base) throw new QhError('internal', `There is no folder that the user ${user?.name ?? ''} can reach for the database of ${dataDir}.`);
  const home = join(base, `cluster-${randomBytes(6).toString('hex')}`);
  mkdirSync(home, { mode: 0o755 });
  writeFileSync(join(home, 'data-dir'), `${dataDir}\n`);
  try {
    writeFileSync(record, `${join(home, 'cluster')}\n`, { flag: 'wx' });
  } catch {
    return recordedCluster(dataDir, record); // another process was faster
  }
  return join(home, 'cluster');
}

function recordedCluster(dataDir: string, record: string): string {
  const cluster = readFileSync(record, 'utf8').trim();
  const home = dirname(cluster);
  if (!existsSync(home)) {
    throw new QhError('internal', `The database of ${dataDir} was in ${cluster} (says ${record}) and is gone.`, {
      hint: `Bring that folder back, or remove ${record} to begin with an empty database.`,
    });
  }
  const marker = join(home, 'data-dir');
  const former = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : dataDir;
  // A moved data folder keeps its cluster; a copied one would share it with the original.
  if (former !== dataDir) {
    const other = join(former, 'cluster-location');
    if (existsSync(other) && readFileSync(other, 'utf8').trim() === cluster) {
      throw new QhError('conflict', `${dataDir} is a copy of ${former}; both name the database in ${cluster}.`, {
        hint: `Remove ${record} to begin with an empty database, and restore a backup into it.`,
      });
    }
    writeFileSync(marker, `${dataDir}\n`);
  }
  return cluster;
}

/** A folder that only the server's user can enter. */
export function makePrivateDir(folder: string, user: OsUser | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

/** The secret in a file of mode 0600, made at the first asking. */
export function secretFile(file: string, make: () => string): string {
  try {
    writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
  } catch {
    // It exists: another start made it, maybe this very moment.
  }
  return readFileSync(file, 'utf8').trim();
}
