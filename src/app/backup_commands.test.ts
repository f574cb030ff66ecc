import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteErasure } from '../platform/personal/erasure_list.ts';
import { removeDataDir, testSecretKey } from '../../test/cluster.ts';
import { testDatabase } from '../../test/database.ts';
import { backupFolder } from '../../test/fixtures/backups.ts';
import { loadSmall } from '../../test/fixtures/small.ts';
import { parseConfig } from '../platform/config/config.ts';
import { QhError } from '../platform/errors.ts';
import { addBackup } from './backup_commands.ts';
import { exitCodeOf, printError } from './cli_errors.ts';

const source = await testDatabase();
const { folder, place } = backupFolder();
const dataDir = path.join(folder, 'var');
const backups = path.join(dataDir, 'backups');
const restored = path.join(folder, 'restored');

beforeAll(() => loadSmall(source));
afterAll(() => removeDataDir(restored, path.join(restored, 'cluster')));

async function qh(...words: string[]): Promise<{ out: string; error: string; exitCode: number }> {
  let [out, error, exitCode] = ['', '', 0];
  const program = new Command('qh').exitOverride().configureOutput({ writeOut: (text) => (out += text), writeErr: (text) => (error += text) });
  addBackup(program, {
    version: '1.2.3',
    out: (text) => (out += text),
    err: (text) => (error += text),
    isTerminal: false,
    width: 200,
    config: () => ({ ...parseConfig({ QH_DATA_DIR: dataDir, QH_SECRET_KEY: testSecretKey }), databaseUrl: source.url('superuser') }),
    exit: (code) => (exitCode = code),
    open: () => Promise.reject(new QhError('internal', 'a backup opens no system')),
  });
  for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)]) command.exitOverride();
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (thrown) {
    exitCode = exitCodeOf(thrown);
    printError(thrown, (text) => (error += text), words.includes('--json'));
  }
  return { out, error, exitCode };
}

describe('qh backup', () => {
  test('create, list, verify latest and restore: one after the other, as the guide says', async () => {
    expect(await qh('backup', 'list')).toMatchObject({ out: '', error: 'There is no backup. Make one: qh backup create\n', exitCode: 0 });
    // Who was erased before is not in it.
    const dataDir = path.dirname(backups);
    await noteErasure({ dataDir }, { erased_at: '2020-01-01T00:00:00.000Z', employee_id: 7, user_id: null });
    const created = await qh('backup', 'create');
    expect(created).toMatchObject({ exitCode: 0, error: expect.stringContaining('Keep QH_SECRET_KEY safe elsewhere') });
    const [name, ...others] = readdirSync(backups);
    expect(others).toEqual([]);
    expect(name).toMatch(/^\d{8}T\d{6}Z$/);
    expect(created.out).toContain(path.join(backups, name!));
    const listed = await qh('backup', 'list', '--json');
    expect(JSON.parse(listed.out)).toMatchObject([{ backup: path.join(backups, name!), state: 'readable', release: '1.2.3', verified_at: null }]);
    const verified = await qh('backup', 'verify', 'latest', '--json');
    expect(JSON.parse(verified.out)).toMatchObject({ backup: path.join(backups, name!), product_version: '1.2.3' });
    expect(
      await source.db.query(`select value -> 'last_verified' ->> 'backup' as backup from platform.settings where name = 'backup.state'`),
    ).toEqual([{ backup: path.join(backups, name!) }]);
    expect(JSON.parse((await qh('backup', 'list', '--json')).out)).toMatchObject([{ verified_at: expect.any(String) }]);
    // Who was erased after it was made is back, and named.
    await noteErasure({ dataDir }, { erased_at: '2099-02-01T00:00:00.000Z', employee_id: null, user_id: 'u1' });
    await noteErasure({ dataDir }, { erased_at: '2099-01-01T00:00:00.000Z', employee_id: 8, user_id: 'u2' });
    const done = await qh('backup', 'restore', 'latest', '--into', restored);
    expect(done).toMatchObject({ exitCode: 0, out: expect.stringContaining('figures equal') });
    expect(done.error.split('\n').filter((line) => line.includes('erase again'))).toEqual([
      'erased after this backup, and back with it: employee_id 8 (2099-01-01T00:00:00.000Z); erase again',
      'erased after this backup, and back with it: user_id u1 (2099-02-01T00:00:00.000Z); erase again',
    ]);
    expect(await qh('backup', 'restore', 'latest', '--into', restored)).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('is not empty'),
    });
  });

  test('create --to names the folder; --encrypt needs a passphrase, and so does whoever reads it', async () => {
    const to = place();
    expect(await qh('backup', 'create', '--to', to, '--encrypt')).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('--encrypt needs a passphrase'),
    });
    expect(existsSync(to)).toBe(false);
    const passphraseFile = place();
    writeFileSync(passphraseFile, 'correct horse battery\n');
    const { out } = await qh('backup', 'create', '--to', to, '--encrypt', '--passphrase-file', passphraseFile, '--json');
    expect(JSON.parse(out)).toMatchObject({ backup: to, encrypted: true });
    expect(await qh('backup', 'verify', to)).toMatchObject({ exitCode: 2, error: expect.stringContaining('is encrypted') });
    expect(await qh('backup', 'verify', to, '--passphrase-file', passphraseFile)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('verified: '),
    });
    expect(JSON.parse((await qh('backup', 'list', folder, '--json')).out)).toMatchObject([{ backup: to, state: 'encrypted', rows: null }]);
  });

  test('what is not there is said', async () => {
    expect(await qh('backup', 'verify', place())).toMatchObject({ exitCode: 1, error: expect.stringContaining('There is no backup in') });
    expect(await qh('backup', 'restore', place())).toMatchObject({ exitCode: 2 });
    expect(await qh('backup', 'upgrade')).toMatchObject({ exitCode: 2, error: expect.stringContaining('The database is an outside one') });
  });
});
