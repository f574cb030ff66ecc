import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { jobDoer } from '../../platform/jobs/jobs.ts';
import { tick } from './jobs.ts';
import { refreshViews } from './refresh_views.ts';

/** What the log says of a refresh that failed or is late: a line when it begins, when it gets worse and when it is over. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
  await loadMarketplace(qh.test.db);
  await qh.test.owner.query(`update marketplace.settings set scheduled_since = '${marketplaceNow}'`);
  await refreshViews(qh.test.db, { cause: 'manual' });
});
afterAll(() => qh.close());

interface Line {
  level: number;
  rule?: string;
  severity?: string;
  msg: string;
}

/** One look of the scheduler; gives the lines about rules. */
async function look(at: string): Promise<string[]> {
  qh.test.setNow(at);
  const lines: Line[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  await tick.run(
    {},
    { db: qh.test.db, log, config: qh.system.config, jobs: qh.system.jobs, signal: new AbortController().signal, doer: jobDoer(tick.name) },
  );
  return lines
    .filter(({ rule }) => rule !== undefined)
    .map(({ level, rule, severity, msg }) => `${pino.levels.labels[level]} ${rule} ${severity ?? 'ok'}: ${msg}`);
}
const views = async () => (await qh.get('/materialized-views/health')).body as { status: string; reasons: string[] };

test('a refresh that fails is told once, named by health, and told again when it is over', async () => {
  expect(await look('2025-02-10T12:01:00Z')).toEqual([]);
  await qh.test.owner.query('alter table marketplace.mv_metricas_mensuales add constraint broken check (solicitudes_creadas < 0) not valid');
  await qh.test.owner.query(`update marketplace.solicitudes set nivel_actual = 2`);
  await qh.test.owner.query(`delete from marketplace.repuestos_solicitados where marca_vehiculo = 'KIA'`);
  expect(await look('2025-02-11T06:00:30Z')).toEqual([expect.stringMatching(/^error marketplace\.refresh_failed critical: alert: .*broken/)]);
  for (const minute of [1, 2, 3]) expect(await look(`2025-02-11T06:0${minute}:30Z`)).toEqual([]);
  expect(await views()).toMatchObject({ status: 'degraded', reasons: [expect.stringMatching(/^mv_metricas_mensuales: .*broken/)] });
  expect((await qh.get('/health', null)).body).toMatchObject({ status: 'degraded', checks: { 'marketplace.refresh_failed': 'critical' } });
  await qh.test.owner.query('alter table marketplace.mv_metricas_mensuales drop constraint broken');
  await refreshViews(qh.test.db, { cause: 'manual' });
  expect(await look('2025-02-11T06:05:30Z')).toEqual([expect.stringMatching(/^info marketplace\.refresh_failed ok: the alert is over/)]);
  expect(await look('2025-02-11T06:06:30Z')).toEqual([]);
  expect(await views()).toMatchObject({ status: 'healthy', reasons: [] });
});

test('a refresh that is late, because another one hangs, is told once, once more when it becomes critical, and when it was made', async () => {
  await qh.test.db.transaction(async (tx) => {
    await tx.query('select marketplace.lock_refresh(true)');
    expect(await look('2025-02-12T06:14:00Z')).toEqual([]);
    expect(await look('2025-02-12T06:16:00Z')).toEqual([
      expect.stringMatching(/^error marketplace\.refresh_late warning: alert: the refresh was due at 2025-02-12/),
    ]);
    expect(await look('2025-02-12T06:17:00Z')).toEqual([]);
    expect(await views()).toMatchObject({
      status: 'degraded',
      reasons: [expect.stringMatching(/^the refresh that was due at 2025-02-12 .* is late$/)],
    });
    expect(await look('2025-02-12T10:01:00Z')).toEqual([expect.stringContaining('error marketplace.refresh_late critical')]);
    expect(await look('2025-02-12T10:02:00Z')).toEqual([]);
  });
  expect(await look('2025-02-12T10:03:00Z')).toEqual([expect.stringContaining('info marketplace.refresh_late ok')]);
  expect(await views()).toMatchObject({ status: 'healthy' });
});
