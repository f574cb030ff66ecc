import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Keys } from '../auth/keys.ts';
import type { Principal } from '../auth/principal.ts';
import { sessionCookie, type Sessions } from '../auth/sessions.ts';
import type { AnyOperation } from '../contract/operation.ts';
import { QhError } from '../errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
  }
  interface FastifyContextConfig {
    operation?: AnyOperation;
  }
}

const nobody: Principal = { kind: 'key', id: 'nobody', name: 'nobody', role: 'viewer', scopes: new Set() };

/** Default deny: a route of an operation is reached only with the scope that the operation names. */
export function guard(app: FastifyInstance, keys: Keys, sessions: Sessions): void {
  app.decorateRequest('principal');
  app.addHook('onRequest', async (request) => {
    const operation = request.routeOptions.config.operation;
    request.principal = nobody;
    if (operation === undefined || operation.scope === null) return;
    request.principal = await authenticate(request, keys, sessions);
    if (!request.principal.scopes.has(operation.scope))
      throw new QhError('forbidden', `${operation.name} needs the scope ${operation.scope}; the role ${request.principal.role} does not have it.`);
    if (request.principal.kind === 'session' && operation.method !== 'GET') requireSameOrigin(request);
  });
}

async function authenticate(request: FastifyRequest, keys: Keys, sessions: Sessions): Promise<Principal> {
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
