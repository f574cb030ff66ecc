/** The job behind a backup that somebody asks for from a page or a program: made, verified, told how far it is. */
import path from 'node:path';
import { openDatabaseServer } from '../db/connect.ts';
import { defineJob, type JobContext, type JobDefinition } from '../jobs/jobs.ts';
import { auditBackup } from './audit.ts';
import { createBackup } from './create.ts';
import { secretKeyOf, sealerOf } from './keys.ts';
import type { Fingerprint } from './manifest.ts';
import { ensureRoom } from './room.ts';
import { changeState, homeOf, lastOf, noteVerified } from './state.ts';
import { verifyBackup } from './verify.ts';
import { changeWork, readTold } from './work.ts';

export const requestedJobName = 'backup.requested';

export interface Requested {
  backup: string;
  make: boolean;
  verify: boolean;
}

const heartbeatMs = 15_000;

export const requestedJob = (productVersion: string, fingerprints: readonly Fingerprint[]): JobDefinition =>
  defineJob<Requested>({
    name: requestedJobName,
    summary: 'Makes or verifies the backup that somebody asked for.',
    expireSeconds: 12 * 3600,
    // Whoever asked sees the failure and asks again.
    retries: 0,
    pollSeconds: 1,
    run: async (wanted, context) => {
      const query = context.db.query.bind(context.db);
      await changeWork(query, wanted.backup, { state: 'running' });
      let told = readTold('');
      const beat = setInterval(() => void changeWork(query, wanted.backup, told).catch(() => undefined), heartbeatMs);
      const tell = (text: string): void => {
        told = readTold(text);
        changeWork(query, wanted.backup, told).catch(() => undefined);
      };
      try {
        await makeAndVerify(wanted, context, { productVersion, fingerprints, tell });
        await changeWork(query, wanted.backup, { state: 'done', phase: null, progress_pct: null });
      } catch (error) {
        await changeWork(query, wanted.backup, { state: 'failed', problem: error instanceof Error ? error.message : String(error) });
        throw error;
      } finally {
        clearInterval(beat);
      }
    },
  });

interface Making {
  productVersion: string;
  fingerprints: readonly Fingerprint[];
  tell: (text: string) => void;
}

async function makeAndVerify({ backup, make, verify }: Requested, { db, config, log, signal, doer }: JobContext, making: Making): Promise<void> {
  const query = db.query.bind(db);
  const parent = await homeOf(query, config);
  const folder = path.join(parent, backup);
  const sealer = sealerOf(config, undefined);
  const server = await openDatabaseServer(config, 'command', { warn: (message) => log.warn(message) });
  try {
    const secretKey = secretKeyOf(config);
    if (make) {
      await ensureRoom(query, parent);
      const { productVersion, fingerprints, tell } = making;
      const warn = (text: string): void => log.warn(text);
      const manifest = await createBackup({
        url: server.url,
        folder,
        productVersion,
        madeBy: 'command',
        fingerprints,
        sealer,
        keyFiles: [],
        secretKey,
        tell,
        warn,
        signal,
      });
      await changeState(query, { last: lastOf(folder, manifest) });
      await db.transaction((tx) => auditBackup(tx, doer, 'create', folder, manifest));
    }
    if (!verify) return;
    await changeWork(query, backup, { kind: 'verify', phase: 'checking', progress_pct: null });
    await noteVerified(query, await verifyBackup({ folder, sealer, url: server.url, secretKey, tell: making.tell }));
    await db.transaction((tx) => auditBackup(tx, doer, 'verify', folder));
  } finally {
    await server.close();
  }
}
