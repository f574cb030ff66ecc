import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeDataDir } from '../../../test/cluster.ts';
import { applySchema } from './apply.ts';
import { openDatabaseServer } from './connect.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { freePort } from './postmaster.ts';
import { databaseUrl, ensureRoles, ownerUrl, roleStatements } from './roles.ts';
import { withDatabase, withLogin } from './url.ts';

/** A server of its own: roles are shared by all databases of a server. */
const dataDir = mkdtempSync(join(tmpdir(), `quarterhour-test-${process.pid}-`));
chmodSync(dataDir, 0o755);
const log = { warn: () => {} };
const secretKey = 'the secret key of this test';
let outside: Embedded;

beforeAll(async () => {
  outside = await openEmbedded({ dataDir, purpose: 'command', settings: { shared_buffers: '16MB', fsync: 'off' } });
});

afterAll(async () => {
  await outside.close();
  removeDataDir(dataDir, outside.cluster);
});

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: outside.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function refusal(work: Promise<unknown>): Promise<{ message: string; hint: string }> {
  const error: unknown = await work.then(
    () => 'not refused',
    (reason: unknown) => reason,
  );
  return error as { message: string; hint: string };
}

describe('an outside database', () => {
  test('that does not answer is named, without the password', async () => {
    const databaseUrl = `postgresql://me:hunter2@127.0.0.1:${await freePort()}/quarterhour`;
    const { message } = await refusal(openDatabaseServer({ databaseUrl, dataDir }, 'server', log));
    expect(message).toMatch(/^The database postgresql:\/\/me@127\.0\.0\.1:\d+\/quarterhour cannot be reached: .*ECONNREFUSED/);
  });

  test('whose user may not create roles: the SQL to run is printed, without a password in it, and makes it work', async () => {
    await asSuperuser(`create role plain login password 'plain'`, 'create database plain owner plain');
    const url = withDatabase(withLogin(outside.url, { user: 'plain', password: 'plain' }), 'plain');
    const { message, hint } = await refusal(ensureRoles(url, secretKey));
    expect(message).toBe('The database user may not create the roles that Quarterhour needs.');
    for (const statement of roleStatements(secretKey, 'plain', 'plain')) expect(hint).toContain(`${statement};`);
    expect(hint).not.toContain(new URL(databaseUrl(url, 'api', secretKey, [])).password);
    const client = new pg.Client({ connectionString: withDatabase(outside.url, 'plain') });
    await client.connect();
    await client.query(hint.slice(hint.indexOf('\n')));
    await client.end();
    await ensureRoles(url, secretKey);
    await applySchema({ ownerUrl: ownerUrl(url, secretKey), rooms: ['org'] });
  });

  test('whose user may create roles and owns the database needs no superuser', async () => {
    await asSuperuser(
      'drop database plain',
      ...['qh_owner', 'qh_admin', 'qh_server', 'qh_api', 'qh_read'].map((role) => `drop role ${role}`),
      `create role maker login createrole password 'maker'`,
      'create database maker owner maker',
    );
    const databaseUrl = withDatabase(withLogin(outside.url, { user: 'maker', password: 'maker' }), 'maker');
    const server = await openDatabaseServer({ databaseUrl, dataDir }, 'server', log);
    await ensureRoles(server.url, secretKey);
    expect((await applySchema({ ownerUrl: ownerUrl(server.url, secretKey), rooms: ['org'] })).changed).toBe(true);
  });

  test('with another secret key than before, the roles get new passwords', async () => {
    const url = withDatabase(outside.url, 'maker');
    await ensureRoles(url, 'another secret key altogether');
    const client = new pg.Client({ connectionString: databaseUrl(url, 'api', 'another secret key altogether', ['org']) });
    await client.connect();
    expect((await client.query('select current_user as user')).rows).toEqual([{ user: 'qh_api' }]);
    await client.end();
  });
});
