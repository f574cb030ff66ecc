import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprints } from '../../app/backup_fingerprints.ts';
import { rooms } from '../../app/rooms.ts';
import { removeDataDir, testSecretKey } from '../../../test/cluster.ts';
import { testDatabase } from '../../../test/database.ts';
import { backUp, backupFolder, smallServer } from '../../../test/fixtures/backups.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';
import { catalog } from '../db/catalog.ts';
import { openEmbedded } from '../db/embedded.ts';
import { ownerUrl } from '../db/roles.ts';
import { withDatabase } from '../db/url.ts';
import { Jobs } from '../jobs/jobs.ts';
import { createLog } from '../log/log.ts';
import { askFingerprints } from './fingerprint.ts';
import { refuseUnusable } from './guard.ts';
import { restoreIntoDatabase, restoreIntoDataDir, type RestoreOptions } from './restore.ts';
import { Sealer } from './seal.ts';
import { openSession } from './session.ts';

const source = await testDatabase();
const { folder, place } = backupFolder();
const roomNames = rooms.map((room) => room.name);
const whole = path.join(folder, 'whole');
const dataDirs: string[] = [];

beforeAll(async () => {
  await loadSmall(source);
  await backUp(source, whole);
});
afterAll(() => {
  for (const dataDir of dataDirs) removeDataDir(dataDir, clusterOf(dataDir));
});

const options = (change: Partial<RestoreOptions> = {}): RestoreOptions => ({
  folder: whole,
  sealer: null,
  secretKey: testSecretKey,
  rooms: roomNames,
  serverSettings: smallServer,
  ...change,
});

function clusterOf(dataDir: string): string {
  const record = path.join(dataDir, 'cluster-location');
  return existsSync(record) ? readFileSync(record, 'utf8').trim() : path.join(dataDir, 'cluster');
}

function dataDir(): string {
  const made = place();
  dataDirs.push(made);
  return made;
}

async function figures(url: string): Promise<readonly string[]> {
  const client = await openSession(url, 'test');
  try {
    return (await askFingerprints(client, fingerprints, ['statistics', 'ingest'])).flatMap(({ rows }) => rows);
  } finally {
    await client.end();
  }
}

/** What a start on the data folder would see. */
async function figuresIn(dir: string, secretKey = testSecretKey): Promise<readonly string[]> {
  const embedded = await openEmbedded({ dataDir: dir, purpose: 'command', settings: smallServer });
  try {
    return await figures(ownerUrl(withDatabase(embedded.url, 'quarterhour'), secretKey));
  } finally {
    await embedded.close();
  }
}

describe('into a data folder', () => {
  test('that is missing: one call brings a database with equal figures', async () => {
    const into = dataDir();
    const told: string[] = [];
    const restored = await restoreIntoDataDir(into, options({ tell: (text) => told.push(text) }));
    expect(restored).toMatchObject({ into, backup: whole, product_version: '1.2.3', repeated: false, warnings: [] });
    expect(told).toContain('making indexes and constraints');
    await refuseUnusable({ dataDir: into, databaseUrl: null });
    expect(await figuresIn(into)).toEqual(await figures(source.url('migrate')));
  });

  test('that is not empty: refused, and nothing changes', async () => {
    const into = dataDir();
    mkdirSync(into);
    writeFileSync(path.join(into, 'something'), 'x');
    await expect(restoreIntoDataDir(into, options())).rejects.toThrow(`${into} is not empty (something); nothing was changed.`);
    expect(readdirSync(into)).toEqual(['something']);
  });

  test('interrupted: a start is refused, and the same command goes through when repeated', async () => {
    const into = dataDir();
    const stopAt = (text: string): void => {
      if (text === 'comparing figures') throw new Error('interrupted by the test');
    };
    await expect(restoreIntoDataDir(into, options({ tell: stopAt }))).rejects.toThrow('interrupted by the test');
    await expect(refuseUnusable({ dataDir: into, databaseUrl: null })).rejects.toThrow(/being restored into .*, or that was interrupted/);
    expect(await restoreIntoDataDir(into, options())).toMatchObject({ repeated: true });
    await refuseUnusable({ dataDir: into, databaseUrl: null });
    expect(await figuresIn(into)).toEqual(await figures(source.url('migrate')));
  });

  test('from a damaged backup: refused before anything is made', async () => {
    const damaged = path.join(folder, 'damaged');
    await backUp(source, damaged);
    const data = readdirSync(path.join(damaged, 'data'));
    writeFileSync(path.join(damaged, 'data', data[0]!), 'x');
    const into = dataDir();
    await expect(restoreIntoDataDir(into, options({ folder: damaged }))).rejects.toThrow('The backup is damaged.');
    expect(existsSync(into)).toBe(false);
  });

  test('with the keys that were saved on demand, encrypted; without them what they opened is lost, and said', async () => {
    const keyFile = path.join(folder, 'secret-key');
    writeFileSync(keyFile, `${testSecretKey}\n`);
    const sealed = path.join(folder, 'sealed');
    const sealer = new Sealer('correct horse battery');
    await backUp(source, sealed, { sealer, keyFiles: [keyFile] });
    const [into, without] = [dataDir(), dataDir()];
    expect(await restoreIntoDataDir(into, options({ folder: sealed, sealer: new Sealer('correct horse battery'), secretKey: null }))).toMatchObject({
      warnings: [],
    });
    expect(readFileSync(path.join(into, 'secret-key'), 'utf8').trim()).toBe(testSecretKey);
    expect(statSync(path.join(into, 'secret-key')).mode & 0o777).toBe(0o600);
    const { warnings } = await restoreIntoDataDir(without, options({ secretKey: null }));
    expect(warnings).toEqual([expect.stringContaining('The secret key is not the one of the backup')]);
    expect(await figuresIn(without, readFileSync(path.join(without, 'secret-key'), 'utf8').trim())).toEqual(await figures(source.url('migrate')));
  });
});

describe('into an outside database', () => {
  test('that is empty: the same, and as a fresh one of this program', async () => {
    const target = await testDatabase({ empty: true });
    await restoreIntoDatabase(target.url('superuser'), place(), options());
    expect(await figures(target.url('migrate'))).toEqual(await figures(source.url('migrate')));
    const schemas = ['platform', ...roomNames, 'api'];
    expect(await catalog(target.owner, schemas)).toEqual(await catalog(source.owner, schemas));
    await target.close();
  });

  test('that is not empty: refused', async () => {
    const target = await testDatabase();
    await expect(restoreIntoDatabase(target.url('superuser'), place(), options())).rejects.toThrow(
      /The database is not empty \(.*\); nothing was changed/,
    );
    await target.close();
  });

  test('interrupted: a start is refused, and the same command goes through when repeated', async () => {
    const target = await testDatabase({ empty: true });
    const databaseUrl = target.url('superuser');
    const home = place();
    const stopAt = (text: string): void => {
      if (text === 'making indexes and constraints') throw new Error('interrupted by the test');
    };
    await expect(restoreIntoDatabase(databaseUrl, home, options({ tell: stopAt }))).rejects.toThrow('interrupted by the test');
    await expect(refuseUnusable({ dataDir: home, databaseUrl })).rejects.toThrow('being restored into this database');
    expect(await restoreIntoDatabase(databaseUrl, home, options())).toMatchObject({ repeated: true });
    await refuseUnusable({ dataDir: home, databaseUrl });
    expect(await figures(target.url('migrate'))).toEqual(await figures(source.url('migrate')));
    await target.close();
  });
});

test('a backup of a newer release is refused with its number', async () => {
  const newer = await testDatabase();
  await newer.owner.query(`insert into platform.schema_migrations values ('9999_org_of_the_future', 'x', now())`);
  const at = place();
  await backUp(newer, at, { productVersion: '9.9.9' });
  const into = dataDir();
  await expect(restoreIntoDataDir(into, options({ folder: at }))).rejects.toThrow(
    'The backup was made by a newer release (9.9.9): this program does not know 9999_org_of_the_future.',
  );
  expect(existsSync(into)).toBe(false);
  await newer.close();
});

test('a job that ran while the backup was made runs again, one that waited still waits', async () => {
  const busy = await testDatabase();
  const definition = { name: 'test.job', summary: 'Waits.', run: async () => {} };
  const log = createLog({ level: 'silent', readable: false });
  const jobs = new Jobs(busy.url('server'), [definition], log);
  await jobs.start(null);
  for (const number of [1, 2, 3]) await jobs.send('test.job', { number });
  await jobs.stop();
  await busy.db.query(`update jobs.job set state = 'active', started_on = now() where data ->> 'number' = '1'`);
  await busy.db.query(`update jobs.job set state = 'completed', completed_on = now() where data ->> 'number' = '2'`);
  const at = place();
  await backUp(busy, at);
  const target = await testDatabase({ empty: true });
  await restoreIntoDatabase(target.url('superuser'), place(), options({ folder: at }));
  const again = new Jobs(target.url('server'), [definition], log);
  await again.start(null);
  await again.send('test.job', { number: 4 });
  await again.stop();
  expect(
    await target.db.query(`select (data ->> 'number')::int as number, state::text, started_on from jobs.job where name = 'test.job' order by 1`),
  ).toEqual([
    { number: 1, state: 'retry', started_on: null },
    { number: 3, state: 'created', started_on: null },
    { number: 4, state: 'created', started_on: null },
  ]);
  await Promise.all([busy.close(), target.close()]);
});
