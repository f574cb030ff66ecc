/** What the database looks like: the same fresh, upgraded, and on every version of PostgreSQL. */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { rooms } from '../src/app/rooms.ts';
import { applySchema } from '../src/platform/db/apply.ts';
import { catalog, printCatalog } from '../src/platform/db/catalog.ts';
import { testDatabase } from './database.ts';

const root = resolve(import.meta.dirname, '..');
const roomNames = rooms.map((room) => room.name);
const schemas = ['platform', ...roomNames, 'api'];
const baseline = join(root, 'db', 'baseline');
const fresh = await testDatabase();

test('a fresh database is as db/schema.snapshot.txt says, on PostgreSQL 15 to 18 (write it anew: npm test -- test/schema.test.ts -u)', async () => {
  await expect(printCatalog(await catalog(fresh.owner, schemas))).toMatchFileSnapshot('../db/schema.snapshot.txt');
});

test('nothing of ours stands in public', async () => {
  expect(await fresh.owner.query(`select relname from pg_class where relnamespace = to_regnamespace('public')`)).toEqual([]);
  expect(await fresh.owner.query(`select proname from pg_proc where pronamespace = to_regnamespace('public')`)).toEqual([]);
});

// Before the first release there is nothing to upgrade from.
if (existsSync(baseline)) {
  test('a database of the first release, upgraded, is the same as a fresh one', async () => {
    const old = mkdtempSync(join(tmpdir(), 'quarterhour-baseline-'));
    try {
      cpSync(baseline, old, { recursive: true });
      const upgraded = await testDatabase({ empty: true });
      const ownerUrl = upgraded.url('migrate');
      await applySchema({ ownerUrl, rooms: roomNames, root: old });
      await applySchema({ ownerUrl, rooms: roomNames });
      const options = { definitions: true };
      expect(await catalog(upgraded.owner, schemas, options)).toEqual(await catalog(fresh.owner, schemas, options));
    } finally {
      rmSync(old, { recursive: true });
    }
  });
}

test('migrations begin with the first release, which leaves its table files in db/baseline', () => {
  const folder = join(root, 'db', 'migrations');
  const migrations = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : [];
  if (!existsSync(baseline)) expect(migrations).toEqual([]);
});
