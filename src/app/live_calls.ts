import { setTimeout as pause } from 'node:timers/promises';
import { now } from '../platform/clock/clock.ts';
import type { Db } from '../platform/db/pool.ts';
import { lifelikeIntervals } from '../rooms/statistics/lifelike.ts';
import { demoServices, liveSources } from './demo_services.ts';
import type { System } from './system.ts';

/**
 * Posts today's calls of the demo services as they would come in: every few seconds the running quarter-hour grows.
 * The volumes are those of the demo's own generator, so that today goes on from yesterday.
 */
export async function generateCalls(system: Pick<System, 'db'>, tell: (text: string) => void, signal: AbortSignal, everyMs = 5_000): Promise<void> {
  while (!signal.aborted) {
    let posted = 0;
    for (const service of demoServices) posted += await postToday(system.db, service);
    tell(posted === 0 ? 'no demo service to generate calls for; load it with: qh demo load' : `${posted} intervals of today posted`);
    await pause(everyMs, undefined, { signal }).catch(() => {});
  }
}

const quarterMs = 900_000;

async function postToday(db: Db, { code, timeZone }: { code: string; timeZone: string }): Promise<number> {
  const moment = now();
  const [service] = await db.query<{ service_id: number; midnight: string; began_at: Date }>(
    `select s.service_id, to_char(d.midnight at time zone $3, 'YYYY-MM-DD"T"HH24:MI') as midnight, d.midnight as began_at
     from org.service_settings s cross join lateral (select date_trunc('day', $2::timestamptz, $3) as midnight) d
     where s.service_code = $1`,
    [code, moment, timeZone],
  );
  if (service === undefined) return 0;
  const passed = (moment.getTime() - service.began_at.getTime()) / quarterMs;
  const quarters = Math.floor(passed) + 1;
  const share = passed % 1;
  const calls: object[] = [];
  const start = Date.parse(`${service.midnight}:00Z`);
  const seed = Math.floor(start / 86_400_000);
  for (const interval of lifelikeIntervals({
    seed,
    sources: [liveSources[code]!],
    start: service.midnight,
    intervalMinutes: 15,
    intervals: quarters,
  })) {
    const at = Math.round((interval.time - start) / quarterMs);
    // The running quarter has had its share of calls so far.
    const part = at === quarters - 1 ? share : 1;
    const received = Math.floor(interval.offered * part);
    const treated = Math.min(received, Math.floor(interval.handled * part));
    if (received === 0) continue;
    const perCall = (seconds: number) => (interval.handled === 0 ? 0 : Math.round((seconds * 1000) / interval.handled));
    calls.push({
      interval_start_time: new Date(service.began_at.getTime() + at * quarterMs).toISOString(),
      service_id: service.service_id,
      received_calls: received,
      treated_calls: treated,
      miss_calls: received - treated,
      aht_ms: perCall(interval.talkSeconds + interval.holdSeconds + interval.wrapSeconds),
      talk_time_ms: perCall(interval.talkSeconds),
      post_time_ms: perCall(interval.wrapSeconds),
    });
  }
  if (calls.length > 0) await db.query(`select from api.api_batch_insert_calls($1, 'live calls of the demo')`, [JSON.stringify(calls)]);
  return calls.length;
}
