import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { changeWork, readTold, readWork, requestWork } from '../../platform/backup/work.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small', work: true, backups: true });
});
afterAll(() => qh.close());

type Item = Record<string, unknown>;
const list = async () => ((await qh.get('/api/v1/admin/backups')).body as { items: Item[] }).items;
const settled = () => expect.poll(async () => (await list()).map(({ state }) => state), { timeout: 20_000, interval: 100 });

test('a backup that is asked for is made by a job, verified, and listed with what it holds', async () => {
  expect(await list()).toEqual([]);
  const asked = await qh.send('POST', '/api/v1/admin/backups', {});
  expect(asked).toMatchObject({ status: 202, body: { state: 'waiting', bytes: null, verified_at: null } });
  expect(await qh.send('POST', '/api/v1/admin/backups', {})).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('is being made') },
  });
  await settled().toEqual(['complete']);
  const { backup } = asked.body as { backup: string };
  const [made] = await list();
  expect(made).toMatchObject({
    backup,
    is_encrypted: false,
    problem: null,
    phase: null,
    folder: path.join(qh.system.config.dataDir, 'backups', backup),
  });
  expect(made!.bytes).toBeGreaterThan(10_000);
  expect(made!.verified_at).not.toBeNull();
  const { items } = (await qh.get('/api/v1/admin/audit?operation=admin.create_backup')).body as { items: Item[] };
  expect(items).toHaveLength(1);
});

test('one that was damaged fails its verification and says why; one that is not there is not found', async () => {
  const [{ backup, folder }] = (await list()) as [{ backup: string; folder: string }];
  rmSync(path.join(folder, 'definitions.json.zst'));
  expect((await qh.send('POST', `/api/v1/admin/backups/${backup}/verify`, {})).status).toBe(202);
  await settled().toEqual(['failed']);
  expect((await list())[0]).toMatchObject({ problem: expect.stringContaining('definitions.json.zst is missing') });
  expect((await qh.send('POST', '/api/v1/admin/backups/none/verify', {})).status).toBe(404);
  expect((await qh.send('POST', '/api/v1/admin/backups/..%2F..%2Fetc/verify', {})).status).toBe(404);
});

test('work that is silent for two minutes ended with its process, and gives way to other work', async () => {
  const query = qh.test.db.query.bind(qh.test.db);
  const ask = () => requestWork(query, { backup: 'lost', kind: 'create', requested_by: 'test' }, new Set());
  qh.test.setNow('2031-03-03T12:00:00Z');
  await ask();
  await changeWork(query, 'lost', { state: 'running' });
  qh.test.setNow('2031-03-03T12:01:59Z');
  await expect(ask()).rejects.toThrow('is being made');
  qh.test.setNow('2031-03-03T12:02:01Z');
  expect((await readWork(query)).get('lost')).toMatchObject({ state: 'failed' });
  expect((await list()).find(({ backup }) => backup === 'lost')).toMatchObject({ state: 'failed', bytes: null });
  await ask();
  qh.test.setNow('2031-03-03T12:15:02Z');
  qh.test.setNow('2031-03-03T12:18:00Z');
  expect((await readWork(query)).get('lost')).toMatchObject({ state: 'failed', problem: 'No worker took it up.' });
  qh.test.setNow(null);
});

test('what the makers tell becomes a phase and a share', () => {
  expect(readTold('copying out: 34 % · 85 MB/s · 12 s left')).toEqual({ phase: 'copying', progress_pct: 34 });
  expect(readTold('loading rows: 7 % · 1 MB/s · 2 s left')).toEqual({ phase: 'restoring', progress_pct: 7 });
  expect(readTold('comparing figures')).toEqual({ phase: 'comparing', progress_pct: null });
});

test('a folder without a manifest is no backup', async () => {
  const stray = path.join(qh.system.config.dataDir, 'backups', 'stray');
  mkdirSync(stray, { recursive: true });
  writeFileSync(path.join(stray, 'note.txt'), 'x');
  expect((await list()).some(({ backup }) => backup === 'stray')).toBe(false);
});
