import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { backUp, backupFolder, verifyAt } from '../../../test/fixtures/backups.ts';
import { countOf, loadBatch, loadManyRows } from '../../../test/fixtures/many_rows.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';
import { backupsIn, contents, findBackup, openBackup } from './open.ts';
import { files, storedFiles } from './manifest.ts';
import { Sealer } from './seal.ts';
import { openSnapshot } from './snapshot.ts';

const source = await testDatabase();
const little = await testDatabase();
const many = { services: 2, sources: 5, days: 104, from: '2024-01-15' };
const { place } = backupFolder();

beforeAll(async () => {
  await loadSmall(source);
  await loadManyRows(source.db, many);
  await loadSmall(little);
});

describe('a backup under writers', () => {
  test('is of one moment, is verified by restoring, and its figures are equal', async () => {
    const at = place();
    const stop = new AbortController();
    const written: string[] = [];
    const writers = ['MANY_1', 'MANY_2'].map(async (service) => {
      for (let shift = 1; !stop.signal.aborted; shift++) written.push(await loadBatch(source.db, many, service, shift));
    });
    while (written.length === 0) await pause(20);
    const manifest = await backUp(source, at).finally(() => stop.abort());
    await Promise.all(writers);
    const facts = manifest.tables.filter(({ table }) => table.startsWith('statistics.contact_statistics_2024'));
    expect(facts.reduce((sum, { rows }) => sum + rows, 0)).toBe(countOf(many));
    // Every transaction overwrites all rows of a service: one moment shows the rows of one batch each.
    const services = new Map<string, Set<string>>();
    for (const { stored, columns } of facts) {
      const text = await textOf(at, stored!.file);
      const [service, batch] = [columns.indexOf('service_id'), columns.indexOf('batch_id')];
      for (const line of text.trimEnd().split('\n')) {
        const cells = line.split('\t');
        services.set(cells[service]!, (services.get(cells[service]!) ?? new Set()).add(cells[batch]!));
      }
    }
    expect([...services.values()].map((batches) => batches.size)).toEqual([1, 1]);
    const verified = await verifyAt(source, at);
    expect(verified).toMatchObject({ rows: manifest.rows, tables: manifest.tables.length, backup: at });
    expect(verified.fingerprints).toBeGreaterThan(10);
    expect(JSON.parse(readFileSync(path.join(at, files.verified), 'utf8'))).toEqual(verified);
    expect(await source.owner.query(`select datname from pg_database where datname like 'qh\\_verify\\_%'`)).toEqual([]);
  });

  test('keeps nobody from attaching a partition', async () => {
    const { snapshot } = await openSnapshot(source.url('superuser'), 2, async () => {});
    try {
      await source.db.transaction(async (tx) => {
        await tx.query(`set local lock_timeout = '2s'`);
        expect(await tx.query(`select statistics.ensure_partitions(array['2031-05-01']::date[]) as made`)).toEqual([{ made: 1 }]);
      });
    } finally {
      await snapshot.close();
    }
  });

  test('of nothing but the schema is verified too', async () => {
    const empty = await testDatabase();
    const at = place();
    await backUp(empty, at);
    await expect(verifyAt(empty, at)).resolves.toMatchObject({ backup: at });
    await empty.close();
  });
});

async function textOf(at: string, file: string): Promise<string> {
  let text = '';
  for await (const chunk of contents({ folder: at, sealer: null }, file, true)) text += String(chunk);
  return text;
}

describe('rows that the database user may not see', () => {
  test('stop the backup, with the name of the table; a superuser copies them all', async () => {
    const guarded = await testDatabase();
    await loadSmall(guarded);
    await guarded.owner.query(`alter table org.services enable row level security, force row level security;
      create policy own_services on org.services using (service_id = 1)`);
    const refused = place();
    await expect(backUp(guarded, refused, { url: guarded.url('migrate'), fingerprints: [] })).rejects.toThrow(
      /may not read all rows of org\.services/,
    );
    expect(existsSync(refused)).toBe(false);
    const at = place();
    const manifest = await backUp(guarded, at, { fingerprints: [] });
    expect(manifest.tables.find(({ table }) => table === 'org.services')?.rows).toBe(2);
    await verifyAt(guarded, at);
    await guarded.close();
  });
});

describe('a damaged backup is found, and said in which way', () => {
  let whole: Promise<string>;
  beforeAll(async () => {
    const at = place();
    whole = backUp(little, at).then(() => at);
    await whole;
  });
  const flip = (file: string): void => {
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = bytes[middle]! ^ 1;
    writeFileSync(file, bytes);
  };
  const biggest = async (at: string): Promise<[string, string]> => {
    const { manifest } = await openBackup(at, null);
    const [one, other] = storedFiles(manifest)
      .filter(({ file }) => file.startsWith('data/'))
      .toSorted((a, b) => b.bytes - a.bytes);
    return [path.join(at, one!.file), path.join(at, other!.file)];
  };
  const cases: [string, (at: string) => Promise<void>, RegExp][] = [
    ['a changed byte', async (at) => flip((await biggest(at))[0]), /data\/.+ was changed: its SHA-256/],
    ['a file cut off', async (at) => truncateSync((await biggest(at))[0], 100), /data\/.+ is cut off: 100 of \d+ bytes/],
    ['a missing file', async (at) => rmSync((await biggest(at))[0]), /data\/.+ is missing/],
    ['two files exchanged', async (at) => exchangeFiles(...(await biggest(at))), /(is cut off|bytes too many|was changed)/],
    [
      'a file too many',
      async (at) => writeFileSync(path.join(at, 'data', '9999-x.copy.zst'), 'x'),
      /9999-x\.copy\.zst does not belong to this backup/,
    ],
    ['a changed manifest', async (at) => flip(path.join(at, files.manifest)), /manifest\.json does not have the SHA-256/],
    ['a missing manifest', async (at) => rmSync(path.join(at, files.manifest)), /manifest\.json is missing/],
    ['changed definitions', async (at) => flip(path.join(at, files.definitions)), /definitions\.json\.zst was changed/],
  ];
  test.each(cases)('%s', async (_how, damage, message) => {
    const at = place();
    cpSync(await whole, at, { recursive: true });
    await damage(at);
    await expect(verifyAt(little, at)).rejects.toThrow(message);
    expect(existsSync(path.join(at, files.verified))).toBe(false);
  });
});

function exchangeFiles(one: string, other: string): void {
  renameSync(one, `${one}.away`);
  renameSync(other, one);
  renameSync(`${one}.away`, other);
}

describe('an encrypted backup', () => {
  test('is verified with its passphrase only, and shows neither rows nor figures', async () => {
    const at = place();
    await backUp(little, at, { sealer: new Sealer('correct horse battery') });
    await expect(verifyAt(little, at, new Sealer('correct horse battery'))).resolves.toMatchObject({ backup: at });
    await expect(verifyAt(little, at, new Sealer('wrong horse battery'))).rejects.toThrow('The passphrase does not open manifest.json.enc.');
    await expect(verifyAt(little, at)).rejects.toThrow('is encrypted');
    const all = readdirSync(at, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) => entry.isFile());
    const readable = all.filter(({ name }) => !name.endsWith('.enc')).map(({ name }) => name);
    expect(readable.toSorted()).toEqual([files.manifestHash, files.verified].toSorted());
  });
});

describe('a folder bears the name of a backup only when it is complete', () => {
  test('what is there is never overwritten', async () => {
    const at = place();
    mkdirSync(at);
    writeFileSync(path.join(at, 'mine'), 'mine');
    await expect(backUp(little, at)).rejects.toThrow(`${at} is not empty; a backup never overwrites anything.`);
    expect(readFileSync(path.join(at, 'mine'), 'utf8')).toBe('mine');
  });

  test('a failing backup leaves nothing', async () => {
    const at = place();
    const parent = path.join(at, 'inside');
    const broken = { name: 'broken', schema: 'platform', sql: 'select 1 / 0' };
    await expect(backUp(little, path.join(parent, 'one'), { fingerprints: [broken] })).rejects.toThrow('division by zero');
    expect(readdirSync(parent)).toEqual([]);
  });

  test('a killed one leaves nothing that is taken for a backup, and its rest is removed later', async () => {
    const parent = place();
    mkdirSync(parent);
    const options = {
      url: little.url('superuser'),
      folder: path.join(parent, 'one'),
      productVersion: '1',
      madeBy: 'command',
      sealer: null,
      keyFiles: [],
      secretKey: null,
    };
    const program = `
      import { createBackup } from ${JSON.stringify(path.join(import.meta.dirname, 'create.ts'))};
      const fingerprints = [{ name: 'slow', schema: 'platform', sql: 'select pg_sleep(60)' }];
      await createBackup({ ...${JSON.stringify(options)}, fingerprints });`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
    const superuser = new pg.Client({ connectionString: little.url('superuser') });
    await superuser.connect();
    const waiting = `select from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid()`;
    while ((await superuser.query(waiting)).rowCount === 0) await pause(50);
    await superuser.end();
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const [draft, ...others] = readdirSync(parent);
    expect(others).toEqual([]);
    expect(draft).toMatch(/^\.one\.draft-/);
    expect(await backupsIn(parent)).toEqual([]);
    await expect(findBackup(parent, parent)).rejects.toThrow(`There is no backup in ${parent}.`);
    little.setNow(new Date(performance.timeOrigin + performance.now() + 7_200_000));
    await backUp(little, path.join(parent, 'two'));
    little.setNow(null);
    expect(readdirSync(parent)).toEqual(['two']);
  });
});

test('a database without Quarterhour is not backed up as if it were one', async () => {
  const empty = await testDatabase({ empty: true });
  await expect(backUp(empty, place())).rejects.toThrow('There is nothing to back up');
  await empty.close();
});

test('tables of others in the database are named', async () => {
  const client = new pg.Client({ connectionString: little.url('superuser') });
  await client.connect();
  await client.query('create table public.notes (note text)');
  const warnings: string[] = [];
  await backUp(little, place(), { warn: (text) => warnings.push(text) });
  await client.query('drop table public.notes');
  await client.end();
  expect(warnings).toEqual(['not in the backup, because Quarterhour did not make them: public.notes']);
});
