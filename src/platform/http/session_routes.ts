import type { FastifyInstance } from 'fastify';
import { sessionCookie, sessionHours } from '../auth/sessions.ts';
import { QhError } from '../errors.ts';
import { requireSameOrigin } from './authenticate.ts';
import type { HttpServices } from './server.ts';

/** Sign in with a key and sign out: the only routes that set a cookie, and so no operations. */
export function sessionRoutes(app: FastifyInstance, { config, sessions }: HttpServices): void {
  const cookie = { httpOnly: true, sameSite: 'strict', path: '/', secure: config.tls !== null } as const;
  const schema = { tags: ['admin'] };
  app.post('/api/v1/admin/session', { schema: { ...schema, summary: 'Sign in with a key; sets the session cookie' } }, async (request, reply) => {
    requireSameOrigin(request);
    const { key } = (request.body ?? {}) as { key?: unknown };
    if (typeof key !== 'string') throw new QhError('bad_request', 'key: is required');
    const { secret, principal } = await sessions.open(key.trim());
    reply.setCookie(sessionCookie, secret, { ...cookie, maxAge: sessionHours * 3600 });
    return { ...principal, scopes: [...principal.scopes].toSorted() };
  });
  app.delete('/api/v1/admin/session', { schema: { ...schema, summary: 'Sign out' } }, async (request, reply) => {
    const secret = request.cookies[sessionCookie];
    if (secret !== undefined) await sessions.close(secret);
    return reply.clearCookie(sessionCookie, cookie).code(204).send();
  });
}
