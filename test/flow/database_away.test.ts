import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { serverBinaries } from '../../src/platform/db/binaries.ts';
import { serverUser } from '../../src/platform/db/os-user.ts';
import { clusterDir, reachableBases } from '../../src/platform/db/places.ts';
import { freePort, initialise, startPostmaster, stopPostmaster } from '../../src/platform/db/postmaster.ts';
import { removeDataDir } from '../cluster.ts';
import { startServerProcess } from '../fixtures/server_process.ts';

/** A PostgreSQL of our own that is not the server's to start again: it goes away under it, and comes back. */

test('while the database is away answers are 503 with Retry-After; when it is back they go on, without a restart', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'qh-away-'));
  chmodSync(dataDir, 0o755);
  const user = serverUser();
  const options = {
    binaries: serverBinaries(user, reachableBases(dataDir, user)),
    cluster: clusterDir(dataDir, user),
    user,
    logFile: path.join(dataDir, 'postgresql.log'),
    settings: { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', shared_preload_libraries: 'pg_stat_statements' },
  };
  initialise(options, 'password of a test');
  const port = await freePort();
  await startPostmaster(options, port);
  try {
    const url = `postgresql://postgres:${encodeURIComponent('password of a test')}@127.0.0.1:${port}/postgres`;
    await using server = await startServerProcess({ DATABASE_URL: url, QH_LOG_LEVEL: 'silent', QH_POOL_MAX: '6' });
    const ask = () => server.call('GET', '/api/v1/statistics/kpis');
    expect((await ask()).status).toBe(200);
    await stopPostmaster(options.cluster);
    // A key is believed for two seconds, a connection until it is used.
    let away = await ask();
    for (let tries = 0; away.status !== 503 && tries < 100; tries++, away = await ask()) await pause(50);
    expect(away).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await server.call('GET', '/health')).toMatchObject({ status: 200, body: { status: 'degraded', checks: { database: 'critical' } } });
    expect((await server.call('GET', '/ready')).status).toBe(503);
    expect((await server.call('GET', '/metrics')).body).toContain('qh_database_up 0');
    await startPostmaster(options, port);
    let back = await ask();
    for (let tries = 0; back.status !== 200 && tries < 100; tries++, back = await ask()) await pause(50);
    expect(back.status).toBe(200);
    expect((await server.call('GET', '/ready')).status).toBe(200);
    await server.stop('SIGKILL');
  } finally {
    await stopPostmaster(options.cluster);
    removeDataDir(dataDir, options.cluster);
  }
});
