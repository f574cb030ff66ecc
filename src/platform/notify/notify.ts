import type { Listener } from '../db/listen.ts';
import type { Log } from '../log/log.ts';

/** What PostgreSQL tells every node of after a commit: ids, never data (a payload must stay under 8000 bytes). */
export interface Notification {
  topic: string;
  [field: string]: unknown;
}

export type Hearer = (notification: Notification) => void;

/** The channel on which SQL calls pg_notify with a JSON object that has a `topic`. */
export const channel = 'qh';

/** Hands notifications of committed changes to whoever listens on this node, by topic. */
export class Notifications {
  readonly #hearers = new Map<string, Set<Hearer>>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  async listenTo(listener: Listener): Promise<void> {
    await listener.on(channel, (payload) => this.deliver(payload));
  }

  /** Calls `hearer` for each notification of the topic until the returned function is called. */
  on(topic: string, hearer: Hearer): () => void {
    const hearers = this.#hearers.get(topic) ?? new Set();
    this.#hearers.set(topic, hearers.add(hearer));
    return () => hearers.delete(hearer);
  }

  deliver(payload: string): void {
    let notification: Notification;
    try {
      notification = JSON.parse(payload);
    } catch {
      this.#log.warn({ payload: payload.slice(0, 200) }, 'a notification is not JSON');
      return;
    }
    for (const hearer of this.#hearers.get(notification.topic) ?? []) hearer(notification);
  }

  /** After a gap in listening anything may have changed: every topic is told so, with no ids. */
  gap(): void {
    for (const [topic, hearers] of this.#hearers) for (const hearer of hearers) hearer({ topic, gap: true });
  }
}
