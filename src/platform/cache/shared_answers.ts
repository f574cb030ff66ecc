import { randomUUID } from 'node:crypto';
import type { Log } from '../log/log.ts';
import type { RedisLink } from '../redis/redis.ts';
import { changedServices, type Change, type Ground } from './question.ts';

/**
 * The part of the cache that several nodes share. An answer is stored under the versions of what it rests on, as they were before it was
 * loaded; a change gives these a new version, so that what was stored before is never found again and ends by its age. Versions are random, not
 * counted: one that Redis forgot must not come again.
 */
export class SharedAnswers {
  readonly #redis: RedisLink;
  readonly #prefix: string;
  readonly #log: Log;
  /** False from a failure on until a new epoch has begun: what changed meanwhile was not told to Redis. */
  #isTrusted = false;
  #renewal: NodeJS.Timeout | null = null;

  constructor(redis: RedisLink, installationId: string, log: Log) {
    this.#redis = redis;
    this.#prefix = `qh:${installationId}:`;
    this.#log = log;
    redis.client.on('close', () => (this.#isTrusted = false));
    redis.onConnect(() => void this.#renew());
  }

  get isUsable(): boolean {
    return this.#isTrusted && this.#redis.isUp();
  }

  /** Where an answer on this ground stands now; null when Redis cannot tell. */
  async placeOf(key: string, ground: Ground): Promise<string | null> {
    const names = ['epoch', ...ground.topics.flatMap((topic) => versionNames(topic, ground.services))].map((name) => `${this.#prefix}v:${name}`);
    return this.#try(async (client) => {
      let versions = await client.mget(names);
      if (versions.includes(null)) {
        const missing = names.filter((_name, at) => versions[at] === null);
        await Promise.all(missing.map((name) => client.set(name, randomUUID(), 'NX')));
        versions = await client.mget(names);
      }
      return versions.includes(null) ? null : `${this.#prefix}a:${key}:${versions.join(':')}`;
    });
  }

  async read(place: string): Promise<string | null> {
    return this.#try((client) => client.get(place));
  }

  async write(place: string, answer: string, seconds: number): Promise<void> {
    await this.#try((client) => client.set(place, answer, 'EX', seconds));
  }

  /** Makes old what rests on the change, for every node. */
  async change(change: Change): Promise<void> {
    if (!this.isUsable) return;
    const services = changedServices(change);
    const names = services === null ? ['epoch'] : [`${change.topic}:any`, ...services.map((id) => `${change.topic}:${id}`)];
    const done = await this.#try((client) => client.mset(names.flatMap((name) => [`${this.#prefix}v:${name}`, randomUUID()])));
    if (done === null) this.#distrust();
  }

  close(): void {
    if (this.#renewal !== null) clearTimeout(this.#renewal);
  }

  async #renew(): Promise<void> {
    const done = await this.#redis.client.set(`${this.#prefix}v:epoch`, randomUUID()).catch(() => null);
    if (done === null) this.#distrust();
    else this.#isTrusted = true;
  }

  /** Until a new epoch can be written nothing is read from Redis. */
  #distrust(): void {
    this.#isTrusted = false;
    if (this.#renewal !== null) clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => {
      if (!this.#isTrusted && this.#redis.isUp()) void this.#renew();
    }, 500);
    this.#renewal.unref();
  }

  async #try<T>(work: (client: RedisLink['client']) => Promise<T>): Promise<T | null> {
    if (!this.isUsable) return null;
    try {
      return await work(this.#redis.client);
    } catch (error) {
      this.#log.debug({ err: error }, 'the shared cache did not answer');
      return null;
    }
  }
}

/** Of an answer about known services only their versions count; of any other every change. */
function versionNames(topic: string, services: readonly number[] | null): string[] {
  return services === null ? [`${topic}:any`] : services.map((id) => `${topic}:${id}`);
}
