import { PgBoss } from 'pg-boss';
import type { Doer } from '../audit/append.ts';
import type { Config } from '../config/config.ts';
import type { Db, Tx } from '../db/pool.ts';
import type { Log } from '../log/log.ts';

/** What a job may use while it runs. */
export interface JobContext {
  db: Db;
  log: Log;
  config: Config;
  jobs: Pick<Jobs, 'send'>;
  /** Aborted when the process stops. */
  signal: AbortSignal;
  /** Who asked for this run, else the job itself: what it changes stands in the audit under this name. */
  doer: Doer;
}

/** A job as a room declares it; it may run again after a crash, so what it does must be safe to repeat. */
export interface JobDefinition<T extends object = object> {
  /** `room.verb`. */
  name: string;
  /** What it does, in one sentence, for people who look at the list of jobs. */
  summary: string;
  /** When it runs by itself: a cron expression in a time zone. */
  schedule?: { cron: string; timeZone: string };
  /** Most seconds that one run may take; 3600 when left out. */
  expireSeconds?: number;
  /** How often a failed run is tried again, with growing delay; 2 when left out. */
  retries?: number;
  /** Seconds between looks for the next job, where people wait for it; 2 when left out. */
  pollSeconds?: number;
  /** Only one waiting job of a name at a time: a second send joins it. */
  single?: boolean;
  run: (data: T, context: JobContext) => Promise<void>;
}

/** A job as nobody's errand, in the words of the audit. */
export const jobDoer = (name: string): Doer => ({ kind: 'job', id: name, name });

/** Declares a job; only here to infer the type of its data. */
export const defineJob = <T extends object>(job: JobDefinition<T>): JobDefinition => job as unknown as JobDefinition;

const schema = 'jobs';

/** Jobs and schedules in the same database (pg-boss), so that a job can be sent in the transaction of its cause. */
export class Jobs {
  readonly #boss: PgBoss;
  readonly #definitions: readonly JobDefinition[];
  readonly #stopping = new AbortController();
  /** What ran in this process, by job. */
  readonly runs = new Map<string, { done: number; failed: number; seconds: number }>();

  constructor(url: string, definitions: readonly JobDefinition[], log: Log) {
    this.#definitions = definitions;
    this.#boss = new PgBoss({
      connectionString: url,
      application_name: 'quarterhour jobs',
      schema,
      createSchema: false,
      max: 4,
      useListenNotify: true,
      schedule: true,
    });
    this.#boss.on('error', (error: Error) => log.warn({ err: error }, 'jobs: the database connection failed; it is tried again'));
  }

  /** Connects and makes the queues; with `work` this process also runs the jobs. */
  async start(work: Omit<JobContext, 'jobs' | 'signal' | 'doer'> | null): Promise<void> {
    await this.#boss.start();
    // Health asks as the owner how many jobs wait; the tables of the queue belong to us.
    await this.#boss.getDb().executeSql(`grant select on all tables in schema ${schema} to qh_owner`);
    for (const job of this.#definitions) {
      const options = { retryLimit: job.retries ?? 2, retryBackoff: true, expireInSeconds: job.expireSeconds ?? 3600, notify: true };
      await this.#boss.createQueue(job.name, { ...options, policy: job.single === true ? 'short' : 'standard' });
      await this.#boss.updateQueue(job.name, options);
      if (job.schedule === undefined) await this.#boss.unschedule(job.name);
      else await this.#boss.schedule(job.name, job.schedule.cron, {}, { tz: job.schedule.timeZone });
    }
    if (work === null) return;
    const context = { ...work, jobs: this, signal: this.#stopping.signal };
    for (const job of this.#definitions) {
      await this.#boss.work<object>(job.name, { pollingIntervalSeconds: job.pollSeconds ?? 2 }, async ([sent]) => {
        if (sent === undefined) return;
        const { asked_by: askedBy, ...data } = (sent.data ?? {}) as { asked_by?: AskedBy };
        const doer = await doerOf(job.name, askedBy, context.db);
        const db = context.db.as({ 'qh.principal': doer.name }, { request_id: sent.id, operation: job.name });
        await this.#run(job, data, { ...context, doer, db });
      });
    }
  }

  /** Queues a job; inside `tx` it exists exactly if that transaction commits. What it changes is `askedBy`'s doing, where somebody asked. */
  async send(name: string, data: object, tx?: Tx, askedBy?: Doer): Promise<void> {
    const db = tx === undefined ? undefined : { executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.query(text, values) }) };
    const errand = askedBy === undefined ? data : { ...data, asked_by: askerOf(askedBy) };
    await this.#boss.send(name, errand, db === undefined ? {} : { db });
  }

  async #run(job: JobDefinition, data: object, context: JobContext): Promise<void> {
    const started = performance.now();
    const runs = this.runs.get(job.name) ?? { done: 0, failed: 0, seconds: 0 };
    this.runs.set(job.name, runs);
    try {
      await job.run(data, context);
      runs.done++;
      context.log.debug({ job: job.name, ms: Math.round(performance.now() - started) }, 'job done');
    } catch (error) {
      runs.failed++;
      context.log.error({ err: error, job: job.name }, 'job failed; it is tried again as its definition says');
      throw error;
    } finally {
      runs.seconds += (performance.now() - started) / 1000;
    }
  }

  /** Lets running jobs finish for up to ten seconds, then leaves them to be taken up again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#boss.stop({ graceful: true, timeout: 10_000 });
  }
}

/** Of a person only the id is kept with a job: their name may be erased while it waits. */
type AskedBy = Omit<Doer, 'name'> & { name?: string };

const askerOf = ({ kind, id, name }: Doer): AskedBy => (kind === 'user' ? { kind, id } : { kind, id, name });

async function doerOf(job: string, askedBy: AskedBy | undefined, db: Db): Promise<Doer> {
  if (askedBy === undefined) return jobDoer(job);
  if (askedBy.name !== undefined) return { ...askedBy, name: askedBy.name };
  const [person] = await db.query<{ login: string }>('select login from platform.users where user_id = $1', [askedBy.id]);
  return { ...askedBy, name: person?.login ?? askedBy.id };
}
