import type { Notifications } from '../notify/notify.ts';

/** Answers of frequent reads, kept until something that they rest on changes, or until they are too old. */
export interface Cache {
  /** The kept answer, or the one that `load` makes; callers at the same time share one load. */
  get<T>(key: string, topics: readonly string[], load: () => Promise<T>): Promise<T>;
  /** Forgets what rests on a topic. */
  invalidate(topic: string): void;
}

interface Entry {
  value: Promise<unknown>;
  until: number;
  topics: readonly string[];
}

/** A cache in this process: bounded in entries and age, cleared by the notifications of committed changes. */
export class ProcessCache implements Cache {
  readonly #entries = new Map<string, Entry>();
  readonly #maxEntries: number;
  readonly #lifetimeMs: number;
  readonly #heard = new Set<string>();
  readonly #notifications: Notifications;

  constructor(notifications: Notifications, options: { maxEntries?: number; lifetimeMs?: number } = {}) {
    this.#notifications = notifications;
    this.#maxEntries = options.maxEntries ?? 1000;
    this.#lifetimeMs = options.lifetimeMs ?? 60_000;
  }

  get<T>(key: string, topics: readonly string[], load: () => Promise<T>): Promise<T> {
    const kept = this.#entries.get(key);
    if (kept !== undefined && kept.until > performance.now()) return kept.value as Promise<T>;
    for (const topic of topics) this.#hear(topic);
    const value = load();
    const entry: Entry = { value, until: performance.now() + this.#lifetimeMs, topics };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#maxEntries) this.#entries.delete(this.#entries.keys().next().value!);
    // A failed load is not kept.
    value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return value;
  }

  invalidate(topic: string): void {
    for (const [key, entry] of this.#entries) if (entry.topics.includes(topic)) this.#entries.delete(key);
  }

  #hear(topic: string): void {
    if (this.#heard.has(topic)) return;
    this.#heard.add(topic);
    this.#notifications.on(topic, () => this.invalidate(topic));
  }
}
