import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { appendAudit, type Doer } from '../platform/audit/append.ts';
import type { Config } from '../platform/config/config.ts';
import type { System } from './system.ts';

const firstStart: Doer = { kind: 'local', id: 'local', name: 'first start' };

export const adminKeyFile = (config: Config): string => path.join(config.dataDir, 'admin-key');

/**
 * Sees that there is an admin key: the preset one, the one kept in the data directory, or a new one.
 * Gives the new one back, to be printed this once.
 */
export async function ensureAdminKey({ config, keys, db }: Pick<System, 'config' | 'keys' | 'db'>): Promise<string | null> {
  if (config.adminKey !== null) {
    await keys.preset(config.adminKey, 'Preset admin key');
    return null;
  }
  const file = adminKeyFile(config);
  if (existsSync(file)) {
    const [any] = await db.query<{ exists: boolean }>('select exists (select from platform.api_keys) as exists');
    // A kept key and a new, empty database: the key stays the same.
    if (any?.exists === false) await keys.preset((await readFile(file, 'utf8')).trim(), 'First admin key');
    return null;
  }
  const { key } = await db.transaction(async (tx) => {
    const made = await keys.create({ name: 'First admin key', role: 'admin', created_by: 'first start' }, tx);
    await appendAudit(tx, firstStart, {
      operation: 'admin.create_key',
      object: `key_id=${made.key_id}`,
      after: { name: 'First admin key', role: 'admin' },
    });
    return made;
  });
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  return key;
}
