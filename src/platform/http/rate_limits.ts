import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import { QhError } from '../errors.ts';

/** How often somebody may come; each answers nothing, or refuses with the seconds to wait. */
export interface RateLimits {
  /** Requests of one caller. Administrators have no limit. */
  caller(request: FastifyRequest): Promise<void>;
  /** Requests without a key from one address: signing in, accepting an invitation. */
  stranger(request: FastifyRequest): Promise<void>;
  /** Wrong keys and ended sessions from one address. */
  failure(request: FastifyRequest): Promise<void>;
}

const minuteMs = 60_000;

export async function rateLimits(app: FastifyInstance, config: Pick<Config, 'requestsPerMinute' | 'strangerRequestsPerMinute'>): Promise<RateLimits> {
  await app.register(rateLimit, { global: false });
  const limit = (name: string, max: number, key: (request: FastifyRequest) => string) => {
    if (max === 0) return async () => {};
    const check = app.createRateLimit({ max, timeWindow: minuteMs, keyGenerator: (request) => `${name} ${key(request)}` });
    return async (request: FastifyRequest): Promise<void> => {
      const result = await check(request);
      if (!result.isAllowed && result.isExceeded)
        throw new QhError('too_many_requests', `More than ${max} requests in a minute.`, { retryAfterSeconds: result.ttlInSeconds });
    };
  };
  const caller = limit('caller', config.requestsPerMinute, ({ principal }) => `${principal.kind} ${principal.id}`);
  return {
    caller: (request) => (request.principal.role === 'admin' ? Promise.resolve() : caller(request)),
    stranger: limit('stranger', config.strangerRequestsPerMinute, ({ ip }) => ip),
    failure: limit('failure', config.strangerRequestsPerMinute, ({ ip }) => ip),
  };
}
