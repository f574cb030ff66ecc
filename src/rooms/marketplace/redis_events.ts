import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../platform/db/pool.ts';
import { fromPostgres } from '../../platform/errors.ts';
import type { Log } from '../../platform/log/log.ts';
import type { ProcessFigure } from '../../platform/metrics/metrics.ts';
import { useErasureKey } from '../../platform/personal/erased.ts';
import type { RedisLink } from '../../platform/redis/redis.ts';
import { channelPrefix, readMessage, type PublishedEvent } from './redis_message.ts';

const batchSize = 200;
/** What waits for a database that is away; Redis keeps nothing for us. */
const mostWaiting = 50_000;
const retryMs = 1_000;
const passing: ReadonlySet<string> = new Set(['unavailable', 'timeout', 'conflict']);

/** What is told of an event. */
interface Told {
  event_id: string;
  message: string;
}

/**
 * Hears the events that the marketplace publishes in Redis and hands them to the function that REST calls. Every node hears every event; the
 * first to write it takes it, for the others it is a duplicate.
 */
export class RedisEvents {
  readonly counts = { accepted: 0, duplicate: 0, rejected: 0, bad: 0, lost: 0 };
  readonly #db: Db;
  readonly #log: Log;
  readonly #erasureKey: string;
  readonly #client: RedisLink['client'];
  readonly #stop = new AbortController();
  readonly #waiting: PublishedEvent[] = [];
  #work: Promise<void> = Promise.resolve();
  #isWorking = false;
  /** So many of the next go one by one: among them is one that the database cannot read. */
  #careful = 0;
  #lastError = '';

  constructor({ redis, db, log, erasureKey }: { redis: RedisLink; db: Db; log: Log; erasureKey: string }) {
    this.#db = db;
    this.#erasureKey = erasureKey;
    this.#log = log;
    // A connection that listens can do nothing else. It is asked anew at each connect; where Redis answers late it is no reason to give up.
    this.#client = redis.client.duplicate({
      connectionName: 'quarterhour events',
      autoResubscribe: false,
      commandTimeout: 10_000,
      keepAlive: 10_000,
    });
    this.#client.on('error', () => undefined);
    this.#client.on('ready', () => void this.#subscribe());
    this.#client.on('pmessage', (_pattern: string, channel: string, text: string) => this.#hear(channel, text));
  }

  get figures(): ProcessFigure[] {
    return [
      {
        name: 'qh_marketplace_redis_messages_total',
        help: 'Messages of teloo:events:* by outcome; bad: no event could be read in it; lost: came while too many waited for the database.',
        label: 'outcome',
        values: () => this.counts,
      },
    ];
  }

  /** What was heard is written before, unless the database is away. */
  async close(): Promise<void> {
    this.#client.disconnect();
    this.#stop.abort();
    await this.#work;
  }

  async #subscribe(): Promise<void> {
    try {
      await this.#client.psubscribe(`${channelPrefix}*`);
      this.#log.info({ pattern: `${channelPrefix}*` }, 'listens to the events of the marketplace');
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#log.warn({ err: error }, 'Redis did not take the subscription to the events of the marketplace; it is asked again');
      this.#client.disconnect(true);
    }
  }

  #hear(channel: string, text: string): void {
    let event: PublishedEvent;
    try {
      event = readMessage(channel, text);
    } catch (error) {
      this.counts.bad += 1;
      this.#log.warn({ channel, chars: text.length, reason: (error as Error).message }, 'a message in Redis is no event of the marketplace');
      return;
    }
    if (this.#waiting.length >= mostWaiting) {
      this.counts.lost += 1;
      if (this.counts.lost % 1_000 === 1) this.#log.error({ lost: this.counts.lost }, 'events of the marketplace are lost: too many wait');
      return;
    }
    this.#waiting.push(event);
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#work = this.#writeAll().finally(() => (this.#isWorking = false));
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#careful > 0 ? 1 : batchSize);
      try {
        await this.#write(batch);
      } catch (error) {
        if (passing.has(fromPostgres(error).code)) {
          if (this.#stop.signal.aborted) return this.#giveUp();
          this.#sayOnce(error);
          await pause(retryMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
          continue;
        }
        if (batch.length > 1) {
          this.#careful = batch.length;
          continue;
        }
        this.counts.bad += 1;
        this.#log.warn({ err: error, event_id: batch[0]?.event_id }, 'the database cannot read an event of the marketplace');
      }
      this.#waiting.splice(0, batch.length);
      this.#careful = Math.max(0, this.#careful - 1);
    }
  }

  async #write(batch: PublishedEvent[]): Promise<void> {
    const [done] = await this.#db.transaction(async (tx) => {
      await useErasureKey(tx, this.#erasureKey);
      return tx.query<{ accepted: number; duplicates: number; rejected: Told[]; warnings: Told[] }>('select r.* from api.marketplace_events($1) r', [
        JSON.stringify(batch),
      ]);
    });
    this.#lastError = '';
    this.counts.accepted += done!.accepted;
    this.counts.duplicate += done!.duplicates;
    this.counts.rejected += done!.rejected.length;
    for (const { event_id, message } of done!.rejected) this.#log.warn({ event_id, reason: message }, 'an event of the marketplace was rejected');
    for (const { event_id, message } of done!.warnings)
      this.#log.warn({ event_id, reason: message }, 'an event of the marketplace was taken in part');
  }

  #giveUp(): void {
    this.counts.lost += this.#waiting.length;
    this.#log.error({ lost: this.#waiting.length }, 'the database is away: events of the marketplace that were heard are not written');
  }

  #sayOnce(error: unknown): void {
    const { message } = fromPostgres(error);
    if (message !== this.#lastError) this.#log.warn({ err: error }, 'events of the marketplace wait for the database');
    this.#lastError = message;
  }
}
