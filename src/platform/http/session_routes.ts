import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { appendAudit } from '../audit/append.ts';
import { sessionCookie, sessionHours, type Credentials } from '../auth/sessions.ts';
import { callerRecord } from '../auth/caller_record.ts';
import { QhError } from '../errors.ts';
import { requireSameOrigin } from './authenticate.ts';
import type { RateLimits } from './rate_limits.ts';
import type { HttpServices } from './server.ts';

const SignIn = Type.Union([
  Type.Object({ key: Type.String({ minLength: 1, maxLength: 300 }) }, { additionalProperties: false }),
  Type.Object(
    { login: Type.String({ minLength: 1, maxLength: 200 }), password: Type.String({ minLength: 1, maxLength: 1000 }) },
    { additionalProperties: false },
  ),
]);
const isSignIn = Compile(SignIn);

/** Sign in with login and password or with a key, and sign out: the only routes that set a cookie, and so no operations. */
export function sessionRoutes(app: FastifyInstance, { sessions, db }: HttpServices, limits: RateLimits): void {
  // Behind a proxy the browser speaks https although we do not; then the cookie is for https alone too.
  const cookie = (request: FastifyRequest) => ({ httpOnly: true, sameSite: 'strict', path: '/', secure: request.protocol === 'https' }) as const;
  const schema = { tags: ['admin'] };
  const signIn = { ...schema, summary: 'Sign in by login and password, or with a key; sets the session cookie', body: SignIn };
  app.post('/api/v1/admin/session', { schema: signIn, bodyLimit: 10_000 }, async (request, reply) => {
    requireSameOrigin(request);
    await limits.stranger(request);
    const { secret, principal } = await sessions.open(credentialsOf(request.body), {
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
    });
    await db.transaction((tx) =>
      appendAudit(tx, principal, { operation: 'admin.sign_in', object: `session_id=${principal.sessionId}`, requestId: request.id }),
    );
    reply.setCookie(sessionCookie, secret, { ...cookie(request), maxAge: sessionHours * 3600 });
    return callerRecord(principal);
  });
  app.delete('/api/v1/admin/session', { schema: { ...schema, summary: 'Sign out' } }, async (request, reply) => {
    const secret = request.cookies[sessionCookie];
    if (secret !== undefined) {
      requireSameOrigin(request);
      const principal = await sessions.close(secret);
      if (principal !== null)
        await db.transaction((tx) =>
          appendAudit(tx, principal, { operation: 'admin.sign_out', object: `session_id=${principal.sessionId}`, requestId: request.id }),
        );
    }
    return reply.clearCookie(sessionCookie, cookie(request)).code(204).send();
  });
}

function credentialsOf(body: unknown): Credentials {
  if (!isSignIn.Check(body))
    throw new QhError('bad_request', 'Sign in with {login, password} or with {key}.', {
      errors: [{ path: '', rule: 'holds login and password, or key, and nothing else', hint: '{"login": "anna", "password": "…"}' }],
    });
  return 'key' in body ? { key: body.key.trim() } : body;
}
