import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
// @ts-expect-error plain JavaScript, which runs before anything is installed
import { lean } from '../bin/run.mjs';
import { rooms } from '../src/app/rooms.ts';
import { applySchema } from '../src/platform/db/apply.ts';
import { ensureDatabase } from '../src/platform/db/connect.ts';
import { openEmbedded } from '../src/platform/db/embedded.ts';
import { ensureRoles, ownerUrl } from '../src/platform/db/roles.ts';
import { withDatabase } from '../src/platform/db/url.ts';
import { startServerProcess, type ServerProcess } from '../test/fixtures/server_process.ts';

/** A database of its own in a folder of its own, which servers of their own are started on. */
export interface OwnStore extends AsyncDisposable {
  /** A superuser there. */
  url: string;
  secretKey: string;
  folder: string;
  /** `qh start` as a process of its own, lean as `npm start` makes it. */
  startServer(env?: Record<string, string>): Promise<ServerProcess>;
}

export async function openOwnStore(name: string): Promise<OwnStore> {
  const secretKey = `the secret key of the bench of ${name}`;
  const folder = mkdtempSync(path.join(tmpdir(), `qh-bench-${name}-`));
  chmodSync(folder, 0o755);
  const embedded = await openEmbedded({ dataDir: path.join(folder, 'var'), purpose: 'command' });
  await ensureDatabase(embedded.url, 'quarterhour');
  const url = withDatabase(embedded.url, 'quarterhour');
  await ensureRoles(url, secretKey);
  await applySchema({ ownerUrl: ownerUrl(url, secretKey), rooms: rooms.map((room) => room.name) });
  return {
    url,
    secretKey,
    folder,
    startServer: (env = {}) => startServerProcess({ ...lean, DATABASE_URL: url, QH_SECRET_KEY: secretKey, QH_LOG_LEVEL: 'warn', ...env }),
    [Symbol.asyncDispose]: async () => {
      await embedded.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The most memory that a process ever held, in MiB. */
export function peakOf({ pid }: ServerProcess): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
