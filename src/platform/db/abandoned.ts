/** Clusters outside QH_DATA_DIR whose data folder was a temporary one and is gone: nobody can open them any more, its password went with it. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { stopPostmaster } from './postmaster.ts';

/** Only under the system's temporary folder: anywhere else a missing folder may be a volume that is not mounted today. */
export async function removeAbandoned(bases: readonly string[]): Promise<void> {
  for (const home of bases.flatMap(clusterHomes)) {
    try {
      const dataDir = readFileSync(join(home, 'data-dir'), 'utf8').trim();
      if (!dataDir.startsWith(tmpdir() + sep) || existsSync(dataDir)) continue;
      await stopPostmaster(join(home, 'cluster'));
      rmSync(home, { recursive: true, force: true });
    } catch {
      // Another process is making or removing this one.
    }
  }
}

function clusterHomes(base: string): string[] {
  if (!existsSync(base)) return [];
  return readdirSync(base)
    .filter((name) => name.startsWith('cluster-'))
    .map((name) => join(base, name));
}
