import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { createBackup } from '../platform/backup/create.ts';
import { describeBackup } from '../platform/backup/describe.ts';
import { refuseUnusable } from '../platform/backup/guard.ts';
import { secretKeyOf, sealerOf } from '../platform/backup/keys.ts';
import { clusterMajor } from '../platform/backup/major.ts';
import type { Manifest } from '../platform/backup/manifest.ts';
import { backupsIn, findBackup, openBackup } from '../platform/backup/open.ts';
import { durationText, sizeText, type Tell } from '../platform/backup/progress.ts';
import { erasuresSince } from '../platform/personal/erasure_list.ts';
import { type Restored, restoreIntoDatabase, restoreIntoDataDir } from '../platform/backup/restore.ts';
import { stamp } from '../platform/backup/retention.ts';
import { openSession } from '../platform/backup/session.ts';
import { changeState, lastOf, noteVerified } from '../platform/backup/state.ts';
import { upgradeCluster } from '../platform/backup/upgrade.ts';
import { verifyBackup } from '../platform/backup/verify.ts';
import { monotonicMs, now } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { printAnswer } from '../platform/contract/print.ts';
import { type DatabaseServer, openDatabaseServer } from '../platform/db/connect.ts';
import { serverUser } from '../platform/db/os-user.ts';
import { clusterDir, makeDataDir } from '../platform/db/places.ts';
import { ensureRoles, ownerUrl } from '../platform/db/roles.ts';
import { QhError } from '../platform/errors.ts';
import { fingerprints } from './backup_fingerprints.ts';
import type { Terminal } from './program.ts';
import { rooms } from './rooms.ts';

interface Common {
  passphraseFile?: string;
  json?: boolean;
}

const roomNames = rooms.map((room) => room.name);
const homeOf = (config: Config): string => path.join(config.dataDir, 'backups');

/** `qh backup …`. The schema of the database is left as it is: a backup before an upgrade must be possible with the new program. */
export function addBackup(program: Command, terminal: Terminal): void {
  const backup = program.command('backup').description('Backups: make, check, restore');
  const withPassphrase = (command: Command): Command =>
    command.option('--passphrase-file <file>', 'file with the passphrase; else QH_BACKUP_PASSPHRASE').option('--json', 'print JSON for programs');
  withPassphrase(backup.command('create').description('Copy the whole database as of one moment, while others work'))
    .option('--to <folder>', 'the new folder; default: one in QH_DATA_DIR/backups, named by the moment')
    .option('--encrypt', 'encrypt it with the passphrase')
    .option('--with-keys', 'save secret-key and admin-key beside it')
    .action((options: CreateCommand) => create(terminal, options));
  withPassphrase(backup.command('verify').description('Check every byte, restore into a scratch database, and compare'))
    .argument('<folder>', 'a backup, a folder of backups (its newest), or `latest`')
    .action((folder: string, options: Common) => verify(terminal, folder, options));
  withPassphrase(backup.command('restore').description('Restore into an empty data folder, or into an empty outside database'))
    .argument('<folder>', 'a backup, a folder of backups (its newest), or `latest`')
    .requiredOption('--into <place>', 'an empty or missing data folder, or postgresql://…')
    .action((folder: string, options: Common & { into: string }) => restore(terminal, folder, options));
  backup
    .command('list')
    .description('List the backups, newest last')
    .argument('[folder]', 'where they are; default: QH_DATA_DIR/backups')
    .option('--json', 'print JSON for programs')
    .action((folder: string | undefined, { json }: Common) => list(terminal, folder, json === true));
  withPassphrase(backup.command('upgrade').description('Move the embedded database to the PostgreSQL of this release, by way of a backup'))
    .option('--old-binaries <folder>', "where the former version's `postgres` is; looked for when left out")
    .action((options: Common & { oldBinaries?: string }) => upgrade(terminal, options));
}

interface CreateCommand extends Common {
  to?: string;
  encrypt?: boolean;
  withKeys?: boolean;
}

async function create(terminal: Terminal, options: CreateCommand): Promise<void> {
  const config = terminal.config();
  const sealer = options.encrypt === true ? sealerOf(config, options.passphraseFile) : null;
  if (options.encrypt === true && sealer === null)
    throw new QhError('bad_request', '--encrypt needs a passphrase.', { hint: 'Give --passphrase-file FILE or set QH_BACKUP_PASSPHRASE.' });
  const folder = path.resolve(options.to ?? path.join(homeOf(config), stamp(now())));
  const started = monotonicMs();
  const keyFiles =
    options.withKeys === true ? ['secret-key', 'admin-key'].map((name) => path.join(config.dataDir, name)).filter((file) => existsSync(file)) : [];
  const manifest = await withServer(terminal, config, async (server, secretKey) => {
    const warn = (text: string): void => terminal.err(`${text}\n`);
    const made = await createBackup({
      url: server.url,
      folder,
      productVersion: terminal.version,
      madeBy: 'command',
      fingerprints,
      sealer,
      keyFiles,
      secretKey,
      tell: teller(terminal),
      warn,
    });
    await asOwner(server, secretKey, (query) => changeState(query, { last: lastOf(folder, made) }));
    return made;
  });
  endLine(terminal);
  if (options.json === true) terminal.out(`${JSON.stringify(summary(folder, manifest))}\n`);
  else {
    const seconds = durationText((monotonicMs() - started) / 1000);
    terminal.out(
      `${folder}\n${manifest.rows} rows of ${manifest.tables.length} tables, ${sizeText(manifest.bytes)}${sealer ? ', encrypted' : ''}, ${seconds}\n`,
    );
  }
  terminal.err(keyAdvice(config, options, keyFiles.length > 0));
}

/** Stored secrets and API keys are worth nothing without the secret key; with it, whoever has the backup has them. */
function keyAdvice(config: Config, { encrypt, withKeys }: CreateCommand, hasKeys: boolean): string {
  if (config.secretKey !== null) return 'Keep QH_SECRET_KEY safe elsewhere: API keys and stored secrets of this backup need it.\n';
  if (withKeys !== true)
    return `The secret key is not in it. Keep a copy of ${path.join(config.dataDir, 'secret-key')} elsewhere: API keys and stored secrets need it after a restore.\n`;
  if (!hasKeys) return 'There was no key file to save.\n';
  return encrypt === true
    ? 'The keys are in it, encrypted.\n'
    : 'The keys are in it as they are: whoever can read this folder can act as administrator. --encrypt protects them.\n';
}

const summary = (folder: string, manifest: Manifest): object => {
  const { product_version, created_at, server_version, encrypted, rows, bytes, tables } = manifest;
  return { backup: folder, created_at, product_version, server_version, encrypted, tables: tables.length, rows, bytes };
};

async function verify(terminal: Terminal, name: string, options: Common): Promise<void> {
  const config = terminal.config();
  const folder = await findBackup(name, homeOf(config));
  const sealer = sealerOf(config, options.passphraseFile);
  // What is wrong with the files needs no database to be seen.
  await openBackup(folder, sealer);
  const verified = await withServer(
    terminal,
    config,
    async (server, secretKey) => {
      await ensureRoles(server.url, secretKey);
      const result = await verifyBackup({ folder, sealer, url: server.url, secretKey, tell: teller(terminal) });
      await asOwner(server, secretKey, (query) => noteVerified(query, result));
      return result;
    },
    { mayMake: true },
  );
  endLine(terminal);
  terminal.out(
    options.json === true
      ? `${JSON.stringify(verified)}\n`
      : `verified: ${folder}\n${verified.rows} rows of ${verified.tables} tables restored and compared, ${verified.fingerprints} figures equal, ${durationText(verified.duration_ms / 1000)}\n`,
  );
}

async function restore(terminal: Terminal, name: string, options: Common & { into: string }): Promise<void> {
  const config = terminal.config();
  const folder = await findBackup(name, homeOf(config));
  const { secretKey } = config;
  const common = { folder, sealer: sealerOf(config, options.passphraseFile), secretKey, rooms: roomNames, tell: teller(terminal) };
  const isUrl = /^postgres(ql)?:\/\//.test(options.into);
  const into = isUrl ? options.into : path.resolve(options.into);
  const restored = isUrl ? await restoreIntoDatabase(into, config.dataDir, common) : await restoreIntoDataDir(into, common);
  endLine(terminal);
  // The list of this installation, and of the one whose backups lie beside this one.
  restored.warnings.push(...(await erasuresSince(restored.created_at, [config.dataDir, path.resolve(folder, '../..')])));
  report(terminal, restored, options.json === true);
  if (options.json !== true) terminal.err(isUrl ? 'Start on it: DATABASE_URL=… npm start\n' : `Start on it: QH_DATA_DIR=${into} npm start\n`);
}

function report(terminal: Terminal, restored: Restored, json: boolean): void {
  if (json) terminal.out(`${JSON.stringify(restored)}\n`);
  else {
    const { into, rows, tables, created_at, product_version, migrated, duration_ms } = restored;
    terminal.out(
      `restored: ${into}\n${rows} rows of ${tables} tables as of ${created_at} (release ${product_version}), figures equal, ${durationText(duration_ms / 1000)}\n`,
    );
    if (migrated.length > 0) terminal.out(`brought up to this release: ${migrated.join(', ')}\n`);
  }
  for (const warning of restored.warnings) terminal.err(`${warning}\n`);
}

async function list(terminal: Terminal, folder: string | undefined, json: boolean): Promise<void> {
  const found = await backupsIn(path.resolve(folder ?? homeOf(terminal.config())));
  const items = await Promise.all(found.map(describeBackup));
  if (items.length === 0 && !json) terminal.err('There is no backup. Make one: qh backup create\n');
  else terminal.out(`${json ? JSON.stringify(items) : printAnswer(JSON.stringify(items), terminal.width)}\n`);
}

async function upgrade(terminal: Terminal, options: Common & { oldBinaries?: string }): Promise<void> {
  const config = terminal.config();
  if (config.databaseUrl !== null)
    throw new QhError('bad_request', 'The database is an outside one; its administrator upgrades it.', { hint: 'docs/guides/backup.md tells how.' });
  const { dataDir, secretKey } = config;
  const upgraded = await upgradeCluster({
    dataDir,
    productVersion: terminal.version,
    fingerprints,
    oldBinaries: options.oldBinaries ?? null,
    sealer: sealerOf(config, options.passphraseFile),
    secretKey,
    rooms: roomNames,
    tell: teller(terminal),
  });
  endLine(terminal);
  report(terminal, upgraded, options.json === true);
  if (options.json !== true) terminal.out(`PostgreSQL ${upgraded.from} → ${upgraded.to}\n`);
}

/** The running database, or the embedded one started for the length of the command. */
async function withServer<T>(
  terminal: Terminal,
  config: Config,
  work: (server: DatabaseServer, secretKey: string) => Promise<T>,
  { mayMake = false } = {},
): Promise<T> {
  await refuseUnusable(config);
  if (config.databaseUrl === null && !mayMake && !hasCluster(config.dataDir))
    throw new QhError('not_found', `There is no database in ${config.dataDir}.`, { hint: 'Set QH_DATA_DIR to the data folder, or DATABASE_URL.' });
  const server = await openDatabaseServer(config, 'command', { warn: (message) => terminal.err(`${message}\n`) });
  try {
    return await work(server, secretKeyOf(config));
  } finally {
    await server.close();
  }
}

const hasCluster = (dataDir: string): boolean => existsSync(dataDir) && clusterMajor(clusterDir(makeDataDir(dataDir), serverUser())) !== null;

type Query = <T>(text: string, values?: unknown[]) => Promise<T[]>;

/** Writes what health shows, where this database has Quarterhour's tables. */
async function asOwner(server: DatabaseServer, secretKey: string, work: (query: Query) => Promise<void>): Promise<void> {
  await ensureRoles(server.url, secretKey);
  const client = await openSession(ownerUrl(server.url, secretKey), 'backup');
  try {
    const { rows } = await client.query<{ made: boolean }>(
      `select to_regclass('platform.settings') is not null and to_regprocedure('platform.now()') is not null as made`,
    );
    if (rows[0]?.made === true) await work(async <R>(text: string, values?: unknown[]) => (await client.query(text, values)).rows as R[]);
  } finally {
    await client.end();
  }
}

/** Progress in one line on a terminal; elsewhere nothing, so that logs stay short. */
function teller(terminal: Terminal): Tell {
  return (text) => {
    if (terminal.isTerminal) terminal.err(`\r\u001B[K${text}`);
  };
}

function endLine(terminal: Terminal): void {
  if (terminal.isTerminal) terminal.err('\r\u001B[K');
}
