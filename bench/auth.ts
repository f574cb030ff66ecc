import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSystem } from '../src/app/system.ts';
import { authorize } from '../src/platform/auth/authorize.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { createLog } from '../src/platform/log/log.ts';
import { whoami } from '../src/rooms/admin/contract.ts';
import { round, type Report } from './figure.ts';

/** What it costs to know who calls: CPU of this process per check of a key, and of a session of the page. */

const checks = 100_000;

export async function run(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-auth-'));
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
  const system = await openSystem(config, createLog({ level: 'silent', readable: false }), 'command', '0');
  try {
    const { key } = await system.keys.create({ name: 'bench', role: 'analyst', created_by: 'bench' });
    const { secret } = await system.sessions.open({ key }, { address: '192.0.2.1', userAgent: 'bench' });
    const keyMicros = await cpuPerCheck(async () => void authorize(whoami, await system.keys.verify(key)));
    report({
      name: 'key check, CPU',
      value: round(keyMicros),
      unit: 'µs',
      goal: '≤ 15 µs',
      reached: keyMicros <= 15,
      limit: `its HMAC-SHA-256 alone ${round(await hmacAlone(system.keys, key))} µs`,
    });
    const sessionMicros = await cpuPerCheck(async () => void authorize(whoami, await system.sessions.verify(secret)));
    report({ name: 'session check, CPU', value: round(sessionMicros), unit: 'µs' });
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const hmacAlone = (keys: { hash(text: string): Buffer }, key: string): Promise<number> => cpuPerCheck(async () => void keys.hash(key));

/** The middle of seven runs, since others use the machine too. */
async function cpuPerCheck(check: () => Promise<void>): Promise<number> {
  for (let n = 0; n < checks / 10; n++) await check();
  const runs: number[] = [];
  for (let at = 0; at < 7; at++) {
    const before = process.cpuUsage();
    for (let n = 0; n < checks; n++) await check();
    const { user, system } = process.cpuUsage(before);
    runs.push((user + system) / checks);
  }
  return runs.toSorted((a, b) => a - b)[3]!;
}
