/** The major version of the embedded server: a cluster opens only with the binaries that made it, so rows move by a backup. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { now } from '../clock/clock.ts';
import { type Binaries, serverBinaries } from '../db/binaries.ts';
import { serverUser } from '../db/os-user.ts';
import { clusterDir, makeDataDir, reachableBases } from '../db/places.ts';
import { QhError } from '../errors.ts';
import { stamp } from './retention.ts';

/** Of the cluster's files; null when there is no cluster. */
export function clusterMajor(cluster: string): number | null {
  const file = path.join(cluster, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : null;
}

export function binariesMajor({ postgres }: Pick<Binaries, 'postgres'>): number | null {
  const { stdout } = spawnSync(postgres, ['--version'], { cwd: '/', encoding: 'utf8' });
  const match = /\) (\d+)/.exec(stdout ?? '');
  return match ? Number(match[1]) : null;
}

export interface Majors {
  cluster: string;
  clusterMajor: number | null;
  ownMajor: number | null;
}

/** Null when nothing stands there yet. */
export function majorsOf(dataDir: string): Majors | null {
  if (!existsSync(dataDir)) return null;
  const user = serverUser();
  const real = makeDataDir(dataDir);
  const cluster = clusterDir(real, user);
  const found = clusterMajor(cluster);
  if (found === null) return null;
  return { cluster, clusterMajor: found, ownMajor: binariesMajor(serverBinaries(user, reachableBases(real, user))) };
}

/** Says at a start what to do about a cluster of another major version; PostgreSQL itself would only refuse. */
export function refuseOtherMajor(dataDir: string): void {
  const majors = majorsOf(dataDir);
  if (majors === null || majors.clusterMajor === majors.ownMajor) return;
  const { cluster, clusterMajor: was, ownMajor: is } = majors;
  const old = was === null ? null : findBinaries(was, dataDir);
  throw new QhError('conflict', `The database in ${cluster} is of PostgreSQL ${was}; this release brings ${is}.`, {
    hint: old
      ? 'Move it over (the old one stays beside it): qh backup upgrade'
      : `Move it over with the programs of PostgreSQL ${was} (apt-get install postgresql-${was}): qh backup upgrade --old-binaries FOLDER. Or with the former release: qh backup create, then with this one: qh backup restore FOLDER --into NEW_DATA_DIR.`,
  });
}

/** The programs of that major version: of Debian, Red Hat or Homebrew, or unpacked by a former release. */
export function findBinaries(major: number, dataDir: string): Binaries | null {
  const user = serverUser();
  const unpacked = [...reachableBases(dataDir, user), dataDir].flatMap((base) =>
    subfolders(base, `postgresql-${major}.`).map((name) => path.join(base, name, 'bin')),
  );
  const folders = [`/usr/lib/postgresql/${major}/bin`, `/usr/pgsql-${major}/bin`, `/opt/homebrew/opt/postgresql@${major}/bin`, ...unpacked];
  return folders.map(binariesIn).find((binaries) => binaries !== null && binariesMajor(binaries) === major) ?? null;
}

export function binariesIn(folder: string): Binaries | null {
  const binaries = { postgres: path.join(folder, 'postgres'), initdb: path.join(folder, 'initdb') };
  return existsSync(binaries.postgres) ? binaries : null;
}

function subfolders(base: string, prefix: string): string[] {
  return existsSync(base) ? readdirSync(base).filter((name) => name.startsWith(prefix)) : [];
}

/** Renames a cluster of another major version; answers where it is, or null when there is none. */
export function moveAside(dataDir: string): string | null {
  const majors = majorsOf(dataDir);
  if (majors === null || majors.clusterMajor === majors.ownMajor) return null;
  const aside = `${majors.cluster}-${majors.clusterMajor}-${stamp(now())}`;
  renameSync(majors.cluster, aside);
  return aside;
}
