import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rooms } from '../../app/rooms.ts';
import { createRandom, type Random } from '../../numerics/statistics/random.ts';
import { applySchema } from '../../platform/db/apply.ts';
import { ensureDatabase } from '../../platform/db/connect.ts';
import { openEmbedded, type Embedded } from '../../platform/db/embedded.ts';
import { openPool, type Db } from '../../platform/db/pool.ts';
import { ensureRoles, ownerUrl, serverUrl } from '../../platform/db/roles.ts';
import { withDatabase } from '../../platform/db/url.ts';
import { localFile } from '../../platform/http/local_file.ts';
import { createLog } from '../../platform/log/log.ts';
import { periods, reportRow, writeRows } from '../../../test/fixtures/report_rows.ts';
import { removeDataDir, testSecretKey } from '../../../test/cluster.ts';
import { importKinds } from '../statistics/imports.ts';
import { addBatch } from './add_batch.ts';
import { importBatch } from './import_batch.ts';
import { batchRecord } from './import_files.ts';
import { takeUp } from './jobs.ts';

/** kill -9 of our process and of PostgreSQL's under an import, at placed and at random moments: nothing lost, twice or half. */

const process_ = path.resolve(import.meta.dirname, '../../../test/fixtures/import_process.ts');
const kills = process.env.QH_CHAOS === '1' ? 1000 : 60;
const seed = Number(process.env.QH_SEED ?? 7);
const dataDir = mkdtempSync(path.join(tmpdir(), 'qh-kill-'));
const log = createLog({ level: 'silent', readable: true });
let embedded: Embedded;
let url: string;
let db: Db;
let owner: Db;
const files = { base: '', over: '' };

beforeAll(async () => {
  chmodSync(dataDir, 0o755);
  embedded = await openEmbedded({ dataDir, purpose: 'command', settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB' } });
  await ensureDatabase(embedded.url, 'kills');
  const base = withDatabase(embedded.url, 'kills');
  await ensureRoles(base, testSecretKey);
  await applySchema({ ownerUrl: ownerUrl(base, testSecretKey), rooms: rooms.map(({ name }) => name) });
  url = serverUrl(base, testSecretKey);
  db = openPool({ url, applicationName: 'kill test', max: 4 });
  owner = openPool({ url: ownerUrl(base, testSecretKey), applicationName: 'kill test', max: 2 });
  const names = ['A', 'B', 'C', 'D'];
  const rows = (start: string, offered: number) =>
    periods(start, 300).flatMap((period) => names.map((name) => reportRow(period, { source_name: name, offered })));
  files.base = await writeRows(path.join(dataDir, 'base-15м.xlsx'), rows('2025-03-03T00:00', 5));
  files.over = await writeRows(path.join(dataDir, 'over-15м.xlsx'), [
    ...rows('2025-03-05T00:00', 6),
    reportRow('01.04.2025 00:00', { source_name: 'E', failed: -1 }),
  ]);
});
afterAll(async () => {
  await Promise.all([db.end(), owner.end()].map((end) => end.catch(() => {})));
  await embedded.close();
  removeDataDir(dataDir, embedded.cluster);
  await rm(dataDir, { recursive: true, force: true });
});

async function queue(file: string, service: string): Promise<string> {
  const received = await localFile(file, dataDir);
  return db.transaction((tx) => addBatch(tx, received, { service }, { createdBy: 'kill test', dataDir }));
}

/** Everything that the service holds, without ids that differ between services. */
async function state(service: string) {
  const facts = await owner.query(
    `select s.external_name, f.interval_start_time, f.interval_minutes, f.offered, f.talk_seconds
     from statistics.contact_statistics f join org.sources s on s.source_id = f.source_id join org.services v on v.service_id = f.service_id
     where v.service_code = $1 order by 1, 2`,
    [service],
  );
  const errors = await owner.query(
    `select e.row_number, e.rule from ingest.import_errors e join ingest.import_batches b on b.batch_id = e.batch_id where b.service_code = $1 order by 1, 2`,
    [service],
  );
  return { facts, errors };
}

const services = () => ({ db, log, kinds: importKinds, dataDir });

/** Takes the batch up again until it has ended, as the job does after a restart. */
async function settle(batchId: string) {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      await importBatch(batchId, services());
      const record = await batchRecord(services(), batchId);
      if (record.status !== 'queued' && record.status !== 'running') return record;
    } catch {
      // The database is coming back.
    }
    await pause(200);
  }
  throw new Error('the batch did not end');
}

interface Kill {
  target: 'process' | 'PostgreSQL';
  phase: string;
  afterMs: number;
}

/** Imports the batch in a process of its own and kills it, or the backend that works for it, in a phase. */
async function importAndKill(batchId: string, { target, phase, afterMs }: Kill): Promise<void> {
  const child = spawn(process.execPath, [process_, url, dataDir, batchId], { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line !== phase) continue;
    await pause(afterMs);
    if (target === 'process') child.kill('SIGKILL');
    else await killBackend(child);
    break;
  }
  await exited;
}

async function killBackend(child: ChildProcess): Promise<void> {
  const [backend] = await owner
    .query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'import process' and xact_start is not null order by xact_start limit 1`,
    )
    .catch(() => []);
  if (backend !== undefined && child.exitCode === null) process.kill(backend.pid, 'SIGKILL');
}

function nextKill(random: Random, i: number): Kill {
  const phases = ['reading', 'checking', 'loading', 'folding'];
  const target = i % 3 === 2 ? 'PostgreSQL' : 'process';
  // The first of each placed at the very start of its phase, the others anywhere in it.
  return { target, phase: phases[i % phases.length]!, afterMs: i < 12 ? 0 : Math.floor(random.next() * 60) };
}

describe('an import that is killed', () => {
  test(`ends as if it had not been, after each of ${kills} kills`, { timeout: 3_600_000 }, async () => {
    const base = await queue(files.base, 'TRUTH');
    await importBatch(base, services());
    const truth = await settle(await queue(files.over, 'TRUTH'));
    const wanted = await state('TRUTH');
    expect(wanted.facts.length).toBe(4 * (300 + 192));
    const random = createRandom(seed);
    for (let i = 0; i < kills; i++) {
      const kill = nextKill(random, i);
      const told = `kill ${i} of seed ${seed}: ${kill.target} ${kill.afterMs} ms into ${kill.phase}; replay: QH_SEED=${seed} npx vitest run src/rooms/ingest/import_kill.test.ts`;
      const service = `KILL ${i}`;
      await settle(await queue(files.base, service));
      const batchId = await queue(files.over, service);
      await importAndKill(batchId, kill);
      const record = await settle(batchId);
      for (const count of ['status', 'rows_total', 'rows_valid', 'rows_rejected', 'rows_inserted', 'rows_updated', 'rows_unchanged'] as const)
        expect({ [count]: record[count] }, told).toEqual({ [count]: truth[count] });
      expect(await state(service), told).toEqual(wanted);
    }
    await db.query('select statistics.refresh()');
    expect(await owner.query('select count(*) from statistics.touched_log')).toEqual([{ count: 0 }]);
    const differs = `(table statistics.rollups except all table truth) union all (table truth except all table statistics.rollups)`;
    // Of two million rows after a thousand kills: worked out once.
    expect(await owner.query(`with truth as materialized (select * from statistics.recompute()) select count(*) from (${differs}) d`)).toEqual([
      { count: 0 },
    ]);
  });

  test('is found again by the job that takes orphans up, and by no other worker while it runs', async () => {
    const batchId = await queue(files.base, 'ORPHAN');
    await importAndKill(batchId, { target: 'process', phase: 'checking', afterMs: 0 });
    expect(await owner.query('select status from ingest.import_batches where batch_id = $1', [batchId])).toEqual([{ status: 'running' }]);
    await owner.query(`update ingest.import_batches set updated_at = updated_at - interval '1 minute' where batch_id = $1`, [batchId]);
    await owner.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(ingest.batch_lock($1))', [batchId]);
      await takeUp(services());
      await importBatch(batchId, services());
    });
    expect((await batchRecord(services(), batchId)).status).toBe('running');
    await takeUp(services());
    expect(await batchRecord(services(), batchId)).toMatchObject({ status: 'completed', rows_inserted: 1200 });
  });
});
