import type { ProcessFigure } from '../platform/metrics/metrics.ts';
import { erasureKeyOf } from '../platform/personal/erased.ts';
import { RedisEvents } from '../rooms/marketplace/redis_events.ts';
import type { System } from './system.ts';

const saveUseEveryMs = 60_000;

/** Starts the jobs of all rooms in this process, and listens to what other programs publish in Redis; also writes down now and then when keys and sessions were last used. */
export async function startWorker(system: System): Promise<{ figures: readonly ProcessFigure[]; stop(): Promise<void> }> {
  await system.jobs.start({ db: system.db, log: system.log, config: system.config });
  const saveUse = () =>
    Promise.all([system.keys.saveUse(), system.sessions.saveUse()]).catch((error: unknown) =>
      system.log.warn({ err: error }, 'the last use of keys was not saved'),
    );
  const timer = setInterval(() => void saveUse(), saveUseEveryMs);
  const { redis, db, log, config } = system;
  const events = redis === null ? null : new RedisEvents({ redis, db, log, erasureKey: erasureKeyOf(config) });
  return {
    figures: events?.figures ?? [],
    async stop() {
      clearInterval(timer);
      await events?.close();
      await saveUse();
      await system.jobs.stop();
    },
  };
}
