/** LISTEN on a connection of its own, which comes back by itself after the database was away. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export type NotificationHandler = (payload: string) => void;

export interface Listener {
  /** Resolves when the channel is listened to; the returned function ends this subscription. */
  on(channel: string, handler: NotificationHandler): Promise<() => void>;
  /** Resolves when all that committed before has been delivered; fails while the connection is away. */
  sync(): Promise<void>;
  end(): Promise<void>;
}

export interface ListenerOptions {
  url: string;
  applicationName: string;
  /** Called after a reconnect: notifications may have been missed, so what hangs on them must be read anew. */
  onGap?: () => void;
  /** Called when the connection breaks: from here on nothing is heard. */
  onLost?: () => void;
  onError?: (error: Error) => void;
}

const retryMs = { first: 100, most: 5000 };

export async function openListener(options: ListenerOptions): Promise<Listener> {
  const listener = new ReconnectingListener(options);
  await listener.connect();
  return listener;
}

class ReconnectingListener implements Listener {
  readonly #options: ListenerOptions;
  readonly #handlers = new Map<string, Set<NotificationHandler>>();
  #client: pg.Client | null = null;
  #ended = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  async on(channel: string, handler: NotificationHandler): Promise<() => void> {
    const known = this.#handlers.get(channel);
    const handlers = known ?? new Set();
    handlers.add(handler);
    this.#handlers.set(channel, handlers);
    // While the connection is away the reconnect listens to every known channel.
    if (!known) await this.#client?.query(`listen ${pg.escapeIdentifier(channel)}`);
    return () => handlers.delete(handler);
  }

  async sync(): Promise<void> {
    if (this.#client === null) throw new Error('the listening connection is away');
    // PostgreSQL signals the listeners before it answers a commit, and delivers what waits before it answers a statement.
    await this.#client.query('select 1');
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#client?.end();
  }

  async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#options.url, application_name: this.#options.applicationName, keepAlive: true });
    let lost = false;
    const onLost = (error?: Error): void => {
      if (lost) return;
      lost = true;
      if (this.#client === client) this.#client = null;
      if (error) this.#options.onError?.(error);
      if (!this.#ended) this.#options.onLost?.();
      void this.#reconnect();
    };
    try {
      await client.connect();
      client.on('error', onLost);
      client.on('end', () => onLost());
      client.on('notification', ({ channel, payload = '' }) => this.#dispatch(channel, payload));
      this.#client = client;
      for (const channel of this.#handlers.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      lost = true;
      this.#client = null;
      await client.end().catch(() => {});
      throw error;
    }
    if (this.#ended) await client.end();
  }

  #dispatch(channel: string, payload: string): void {
    for (const handler of this.#handlers.get(channel) ?? []) {
      try {
        handler(payload);
      } catch (error) {
        this.#options.onError?.(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  async #reconnect(): Promise<void> {
    for (let wait = retryMs.first; !this.#ended; wait = Math.min(wait * 2, retryMs.most)) {
      await pause(wait, undefined, { ref: false });
      if (this.#ended) return;
      try {
        await this.connect();
        this.#options.onGap?.();
        return;
      } catch (error) {
        this.#options.onError?.(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}
