import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from '../auth/access.ts';
import { authorize } from '../auth/authorize.ts';
import { noLimits, type Principal } from '../auth/principal.ts';
import { sessionCookie } from '../auth/sessions.ts';
import type { AnyOperation } from '../contract/operation.ts';
import { QhError } from '../errors.ts';
import type { RateLimits } from './rate_limits.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
  }
  interface FastifyContextConfig {
    operation?: AnyOperation;
  }
}

const nobody: Principal = {
  kind: 'key',
  id: 'nobody',
  name: 'nobody',
  role: 'nobody',
  scopes: new Set(),
  limits: noLimits,
  displayName: null,
  locale: null,
  sessionId: null,
};

/** Default deny: a route of an operation is reached only with the scope that the operation names, and not too often. */
export function guard(app: FastifyInstance, access: Pick<Access, 'keys' | 'sessions'>, limits: RateLimits): void {
  app.decorateRequest('principal');
  app.addHook('onRequest', async (request) => {
    const operation = request.routeOptions.config.operation;
    request.principal = nobody;
    if (operation === undefined) return;
    if (operation.scope === null) return limits.stranger(request);
    request.principal = await authenticate(request, access).catch(async (error: unknown) => {
      // Whoever tries key after key is told to wait instead of being told that each is wrong.
      const shown = request.headers['x-api-key'] ?? request.cookies[sessionCookie];
      if (shown !== undefined && error instanceof QhError && error.code === 'unauthorized') await limits.failure(request);
      throw error;
    });
    await limits.caller(request);
    request.principal = authorize(operation, request.principal);
    if (request.principal.sessionId !== null && operation.method !== 'GET') requireSameOrigin(request);
  });
}

async function authenticate(request: FastifyRequest, { keys, sessions }: Pick<Access, 'keys' | 'sessions'>): Promise<Principal> {
  const key = request.headers['x-api-key'];
  if (typeof key === 'string') return keys.verify(key);
  const session = request.cookies[sessionCookie];
  if (session !== undefined) return sessions.verify(session);
  throw new QhError('unauthorized', 'No key was given.');
}

/** A browser sends the cookie from any page; a write by session is taken only from our own page. */
export function requireSameOrigin(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const origin = request.headers.origin;
  // Browsers tell at least one of the two with every write; who tells neither is a program that holds the cookie itself.
  if (site === undefined && origin === undefined) return;
  if (origin !== undefined && URL.parse(origin)?.host === request.headers.host) return;
  throw new QhError('forbidden', 'A write with a session cookie is only taken from the Quarterhour page itself.', {
    hint: 'Programs send a key in X-API-Key.',
  });
}
