/** The nightly backup: guarded against a full disk, verified, and thinned out by days and weeks. */
import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { now } from '../clock/clock.ts';
import { auditBackup } from './audit.ts';
import { secretKeyOf } from './keys.ts';
import type { Config } from '../config/config.ts';
import { openDatabaseServer } from '../db/connect.ts';
import type { Db } from '../db/pool.ts';
import { appendAudit, type Doer } from '../audit/append.ts';
import { defineJob, jobDoer, type JobDefinition } from '../jobs/jobs.ts';
import type { Log } from '../log/log.ts';
import { createBackup } from './create.ts';
import type { Fingerprint } from './manifest.ts';
import { sizeText } from './progress.ts';
import { removeOld, scheduledPrefix, stamp } from './retention.ts';
import { freeBytesOf, neededBytes } from './room.ts';
import { Sealer } from './seal.ts';
import { changeState, homeOf, lastOf, noteVerified, readSettings } from './state.ts';
import { verifyBackup } from './verify.ts';

export interface ScheduledOptions {
  db: Db;
  config: Config;
  log: Pick<Log, 'info' | 'warn'>;
  productVersion: string;
  fingerprints: readonly Fingerprint[];
  signal?: AbortSignal;
  /** In whose name it stands in the audit; the job's own when left out. */
  doer?: Doer;
  /** Free bytes on the disk of a folder; a test gives its own. */
  freeBytes?: (folder: string) => Promise<number>;
}

export const backupJob = (productVersion: string, fingerprints: readonly Fingerprint[]): JobDefinition =>
  defineJob({
    name: 'backup.create',
    summary: 'Makes and verifies the nightly backup, and removes those that are too old.',
    schedule: { cron: '30 3 * * *', timeZone: 'UTC' },
    single: true,
    expireSeconds: 4 * 3600,
    retries: 1,
    run: async (_data, context) => {
      await scheduledBackup({ ...context, productVersion, fingerprints });
    },
  });

/** Whatever keeps it from being made is written where health finds it. */
export async function scheduledBackup(options: ScheduledOptions): Promise<'off' | 'skipped' | 'made'> {
  const { db, config, log } = options;
  const query = db.query.bind(db);
  const settings = await readSettings(query);
  const isOn = settings.scheduled ?? config.databaseUrl === null;
  await changeState(query, { scheduled: isOn });
  if (!isOn) return 'off';
  const note = async (text: string): Promise<void> => {
    log.warn(text);
    await changeState(query, { problem: { at: now().toISOString(), text } });
  };
  try {
    const result = await makeAndVerify(options, settings);
    if (result === null) {
      await changeState(query, { problem: null });
      return 'made';
    }
    await note(result.text);
    return result.made ? 'made' : 'skipped';
  } catch (error) {
    await note(`The scheduled backup failed: ${error instanceof Error ? error.message : String(error)}`);
    throw error;
  }
}

/** Null when all went well; otherwise what did not, and whether there is a backup all the same. */
async function makeAndVerify(
  options: ScheduledOptions,
  settings: Awaited<ReturnType<typeof readSettings>>,
): Promise<{ text: string; made: boolean } | null> {
  const { db, config, log, productVersion, fingerprints, signal, freeBytes = freeBytesOf, doer = jobDoer('backup.create') } = options;
  const query = db.query.bind(db);
  const parent = await homeOf(query, config);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const needed = await neededBytes(query);
  const free = await freeBytes(parent);
  if (free < needed)
    return {
      made: false,
      text: `The scheduled backup was skipped: ${parent} has ${sizeText(free)} free, and ${sizeText(needed)} (three times the last backup) are needed.`,
    };
  const sealer = config.backupPassphrase === null ? null : new Sealer(config.backupPassphrase);
  const server = await openDatabaseServer(config, 'command', { warn: (message) => log.warn(message) });
  try {
    const secretKey = secretKeyOf(config);
    const folder = path.join(parent, `${scheduledPrefix}${stamp(now())}`);
    const keyFiles =
      settings.with_keys && sealer !== null
        ? ['secret-key', 'admin-key'].map((name) => path.join(config.dataDir, name)).filter((file) => existsSync(file))
        : [];
    const warn = (text: string): void => log.warn(text);
    const manifest = await createBackup({
      url: server.url,
      folder,
      productVersion,
      madeBy: 'schedule',
      fingerprints,
      sealer,
      keyFiles,
      secretKey,
      signal,
      warn,
    });
    await changeState(query, { last: lastOf(folder, manifest) });
    await db.transaction((tx) => auditBackup(tx, doer, 'create', folder, manifest));
    log.info({ folder, rows: manifest.rows, bytes: manifest.bytes }, 'backup made');
    if (settings.verify) {
      // The scratch database stands on the disk of the embedded cluster; of an outside server's disk nothing is known.
      const room = server.embedded ? await freeBytes(config.dataDir) : Number.POSITIVE_INFINITY;
      if (room < 1.5 * manifest.database_bytes)
        return {
          made: true,
          text: `A backup was made but not verified: that needs ${sizeText(1.5 * manifest.database_bytes)} free in ${config.dataDir}, and there are ${sizeText(room)}.`,
        };
      await noteVerified(query, await verifyBackup({ folder, sealer, url: server.url, secretKey }));
    }
    const removed = await removeOld(parent, settings.keep_daily, settings.keep_weekly);
    for (const gone of removed) log.info({ folder: gone }, 'old backup removed');
    if (removed.length > 0) {
      const names = removed.map((gone) => path.basename(gone));
      await db.transaction((tx) => appendAudit(tx, doer, { operation: 'backup.remove_old', after: { removed: names } }));
    }
    return null;
  } finally {
    await server.close();
  }
}
