import { Redis as Client } from 'ioredis';
import type { Log } from '../log/log.ts';

/**
 * The one connection to Redis of this process, when REDIS_URL names one. Redis only ever helps: a command that it does not answer
 * at once fails at once, whoever asked goes on without, and the connection is tried again in the background for ever.
 */
export interface RedisLink {
  readonly client: Client;
  /** Whether it answers as far as is known now. */
  isUp(): boolean;
  /** Calls `hearer` at each connect, also the first: what another connection did meanwhile is not known. */
  onConnect(hearer: () => void): void;
  close(): Promise<void>;
}

const commandMs = 250;

export function openRedis(url: string, log: Log): RedisLink {
  const hearers: (() => void)[] = [];
  const client = new Client(url, {
    connectionName: 'quarterhour',
    // Nothing waits for a Redis that is away.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandMs,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 2_000),
    reconnectOnError: () => false,
  });
  let lastError = '';
  client.on('error', (error: Error) => {
    // Said once per cause, not once per attempt.
    if (error.message !== lastError) log.warn({ err: error }, 'Redis does not answer; the server goes on without it and keeps trying');
    lastError = error.message;
  });
  client.on('ready', () => {
    if (lastError !== '') log.info('Redis answers again');
    lastError = '';
    for (const hearer of hearers) hearer();
  });
  return {
    client,
    isUp: () => client.status === 'ready',
    onConnect(hearer) {
      hearers.push(hearer);
      if (client.status === 'ready') hearer();
    },
    close: async () => client.disconnect(),
  };
}

/** What health says of Redis: its absence slows answers, it does not stop them. */
export async function redisCheck(link: RedisLink | null): Promise<{ name: string; severity: 'ok' | 'warning' | 'skipped' }> {
  const name = 'platform.redis';
  if (link === null) return { name, severity: 'skipped' };
  const answers = await link.client.ping().then(
    () => true,
    () => false,
  );
  return { name, severity: answers ? 'ok' : 'warning' };
}
