import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openSystem } from '../src/app/system.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { createLog } from '../src/platform/log/log.ts';
import type { Report } from './figure.ts';
import { fillStore } from './filled_store.ts';
import { validations } from './validation.ts';

/** The promises of seed 001 on 10 million facts: 270 services and 13 months. */
export async function run(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-validation-'));
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
  const system = await openSystem(config, createLog({ level: 'silent', readable: false }), 'command', '0');
  const client = new pg.Client({ connectionString: system.databaseUrl('owner') });
  try {
    report({ name: 'facts in the store', value: await fillStore(system.databaseUrl('owner'), 270), unit: 'of 270 services' });
    await client.connect();
    await client.query(`set statement_timeout = 0; set qh.now = '2025-01-31T21:00Z'`);
    // What the nightly job would have made by then.
    await client.query('select statistics.maintain()');
    await validations(client, report, '10 million facts');
  } finally {
    await client.end();
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
