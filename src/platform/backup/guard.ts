import type { Config } from '../config/config.ts';
import { refuseOtherMajor } from './major.ts';
import { refuseHalfRestored } from './marker.ts';

/** Before a database is opened: refuses one that a restore left half done, and a cluster that this release's server cannot read. */
export async function refuseUnusable(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<void> {
  await refuseHalfRestored(config);
  if (config.databaseUrl === null) refuseOtherMajor(config.dataDir);
}
