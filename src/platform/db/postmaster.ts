/** One PostgreSQL server process on one cluster folder: make the cluster, find, start and stop the process. No lock file of ours: postmaster.pid is the lock. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { QhError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import type { OsUser } from './os-user.ts';
import { makePrivateDir } from './places.ts';

export interface Running {
  pid: number;
  port: number;
  /** False while it starts, recovers or shuts down. */
  ready: boolean;
}

export interface PostmasterOptions {
  binaries: Binaries;
  cluster: string;
  user: OsUser | null;
  logFile: string;
  settings: Record<string, string>;
}

const bigLogBytes = 10_000_000;

/** The server that runs on this cluster, or null. A postmaster.pid that kill -9 left behind is not believed. */
export function findRunning(cluster: string): Running | null {
  const lines = readPidFile(cluster);
  const pid = Number(lines[0]);
  if (!pid || !isPostmasterOf(pid, cluster)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

function readPidFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** The number may since belong to another program; our servers are always started with `-D <cluster>`. A zombie has no command line. */
function isPostmasterOf(pid: number, cluster: string): boolean {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(`-D ${cluster}`);
  } catch {
    return false;
  }
}

/** Makes the cluster beside its place and renames it, so that a half-made one never bears the name. */
export function initialise({ binaries, cluster, user }: PostmasterOptions, password: string): void {
  const draft = join(dirname(cluster), `.${basename(cluster)}-${process.pid}`);
  const passwordFile = join(draft, 'password');
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  try {
    makePrivateDir(draft, user);
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user) chownSync(passwordFile, user.uid, user.gid);
    // The builtin locale sorts alike on every machine and needs no locale of the system.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const auth = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth-host=scram-sha-256', '--auth-local=reject'];
    const made = spawnSync(binaries.initdb, [`--pgdata=${join(draft, 'cluster')}`, ...auth, ...locale, '--no-instructions'], {
      ...identity,
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
    if (made.status !== 0)
      throw new QhError('internal', `The database cluster could not be made in ${cluster}: ${made.stderr || String(made.error)}`);
    if (!existsSync(cluster)) renameSync(join(draft, 'cluster'), cluster);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Starts the server and waits until it answers. It outlives this process, so that Ctrl-C in the terminal does not reach it before us. */
export async function startPostmaster(options: PostmasterOptions, port: number): Promise<Running> {
  const { binaries, cluster, user, logFile, settings } = options;
  // Nobody runs on this cluster, so a pid file is a leftover; its number may by now belong to another process of the same user, which PostgreSQL takes for a server.
  if (!findRunning(cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
  if (existsSync(logFile) && statSync(logFile).size > bigLogBytes) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  const logStart = statSync(logFile).size;
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', cluster, ...flags], {
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    cwd: '/',
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  child.once('error', () => ended.abort());
  child.unref();
  // Recovery after a crash may take minutes; as long as the process lives, waiting is right.
  while (!ended.signal.aborted) {
    const running = findRunning(cluster);
    if (running?.ready && running.pid === child.pid) return running;
    await pause(20);
  }
  throw new StartError(readFileSync(logFile, 'utf8').slice(logStart));
}

/** Why a server did not start, from its log. */
export class StartError extends Error {
  override name = 'StartError';
  readonly portTaken: boolean;
  /** Another start of the same cluster was faster, or processes of a killed server are still leaving. */
  readonly passing: boolean;

  constructor(log: string) {
    super(`PostgreSQL did not start:\n${log.split('\n').slice(-12).join('\n').trim()}`);
    this.portTaken = /could not bind|could not create any TCP\/IP sockets|Address already in use/.test(log);
    this.passing =
      /lock file "postmaster.pid" already exists|lock file "postmaster.pid" is empty|pre-existing shared memory block|is another postmaster/i.test(
        log,
      );
  }
}

/** Fast shutdown, by the process id of a server that was found on this very cluster. */
export async function stopPostmaster(cluster: string, waitMs = 60_000): Promise<void> {
  const running = findRunning(cluster);
  if (!running) return;
  process.kill(running.pid, 'SIGINT');
  for (let waited = 0; findRunning(cluster)?.pid === running.pid; waited += 20) {
    if (waited >= waitMs && waited < waitMs + 20) process.kill(running.pid, 'SIGQUIT');
    await pause(20);
  }
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
