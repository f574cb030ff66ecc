/**
 * Vitest's global setup: one PostgreSQL for the whole run, with the schema applied once to a template that each test file
 * clones. It is an embedded one in a temporary folder, or the server that QH_TEST_DATABASE_URL names (a superuser there).
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { rooms } from '../src/app/rooms.ts';
import { applySchema } from '../src/platform/db/apply.ts';
import { ensureDatabase } from '../src/platform/db/connect.ts';
import { openEmbedded } from '../src/platform/db/embedded.ts';
import { clusterDir } from '../src/platform/db/places.ts';
import { stopPostmaster } from '../src/platform/db/postmaster.ts';
import { ensureRoles, ownerUrl } from '../src/platform/db/roles.ts';
import { serverUser } from '../src/platform/db/os-user.ts';
import { withDatabase } from '../src/platform/db/url.ts';

export const testSecretKey = 'the secret key of all tests';

export interface TestCluster {
  /** Superuser, on the database `postgres`. */
  url: string;
  template: string;
  /** Why there is no template, for the tests that need one; the others run. */
  failure: string | null;
}

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: TestCluster;
  }
}

const folderPrefix = 'quarterhour-test-';
/** Nothing of a test run has to survive a power cut. */
const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB', max_connections: '200' };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outside = process.env.QH_TEST_DATABASE_URL;
  const server = outside ? { url: outside, close: async () => {} } : await startEmbedded();
  const template = `qh_template_${process.pid}`;
  const failure = await makeTemplate(server.url, template).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  project.provide('cluster', { url: server.url, template, failure });
  return async () => {
    await dropDatabases(server.url);
    await server.close();
  };
}

async function startEmbedded(): Promise<{ url: string; close(): Promise<void> }> {
  await removeLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  // mkdtemp makes folders of mode 0700; run by root, the server's user must get in.
  chmodSync(dataDir, 0o755);
  const embedded = await openEmbedded({ dataDir, purpose: 'command', settings: fastSettings });
  return {
    url: embedded.url,
    close: async () => {
      await embedded.close();
      removeDataDir(dataDir, embedded.cluster);
    },
  };
}

/** A killed run leaves its server behind: stop it by the pid that its own folder names. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const pid = Number(name.slice(folderPrefix.length).split('-')[0]);
    if (isAlive(pid)) continue;
    const dataDir = join(tmpdir(), name);
    try {
      const cluster = clusterDir(dataDir, serverUser());
      await stopPostmaster(cluster);
      removeDataDir(dataDir, cluster);
    } catch {
      // Another user's, or half removed already.
    }
  }
}

/** A cluster that could not be inside the data folder has a folder of its own. */
export function removeDataDir(dataDir: string, cluster: string): void {
  if (!cluster.startsWith(dataDir)) rmSync(dirname(cluster), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function makeTemplate(url: string, template: string): Promise<void> {
  await ensureDatabase(url, template);
  const templateUrl = withDatabase(url, template);
  await ensureRoles(templateUrl, testSecretKey);
  await applySchema({ ownerUrl: ownerUrl(templateUrl, testSecretKey), rooms: rooms.map((room) => room.name) });
}

async function dropDatabases(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(`select datname as name from pg_database where datname like $1`, [
    `qh\\_%\\_${process.pid}%`,
  ]);
  for (const { name } of rows) await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  await client.end();
}
