import type { System } from './system.ts';

const saveUseEveryMs = 60_000;

/** Starts the jobs of all rooms in this process; also writes down now and then when keys and sessions were last used. */
export async function startWorker(system: System): Promise<{ stop(): Promise<void> }> {
  await system.jobs.start({ db: system.db, log: system.log, config: system.config });
  const saveUse = () =>
    Promise.all([system.keys.saveUse(), system.sessions.saveUse()]).catch((error: unknown) =>
      system.log.warn({ err: error }, 'the last use of keys was not saved'),
    );
  const timer = setInterval(() => void saveUse(), saveUseEveryMs);
  return {
    async stop() {
      clearInterval(timer);
      await saveUse();
      await system.jobs.stop();
    },
  };
}
