import type { FastifyInstance } from 'fastify';
import type { Principal } from '../auth/principal.ts';
import { ProcessCache } from '../cache/cache.ts';
import { QhError } from '../errors.ts';
import { createMetrics, type Check } from '../metrics/metrics.ts';
import { redisCheck } from '../redis/redis.ts';
import { Usage } from '../usage/usage.ts';
import type { HttpServices } from './server.ts';

const saveEveryMs = 10_000;

/** Health, readiness and metrics, which need no key; and what each request leaves: a line in the log, a figure, a use. */
export function observe(app: FastifyInstance, services: HttpServices): void {
  // Whoever asks often gets the answer of the last five seconds.
  const health = new ProcessCache(services.notifications, { maxEntries: 1, lifetimeMs: 5_000 });
  const databaseAnswers = () => answers(services);
  const checks = async (): Promise<Check[]> =>
    (await databaseAnswers())
      ? health.get('health', [], async () => [...(await services.rules(services.db, services.log)), await redisCheck(services.redis)])
      : [await redisCheck(services.redis)];
  const metrics = createMetrics({ ...services, sources: services.metrics ?? [], checks, databaseAnswers });
  const usage = new Usage(services.db);
  followRequests(app, services, (principal, { name: operation, subject }, status, ms) => {
    metrics.observe(operation, status, ms / 1000);
    if (principal !== null) usage.count(principal, status < 400 && subject !== undefined ? `${operation} ${subject}` : operation, status, ms);
  });
  const save = () =>
    Promise.all([usage.save(), services.slow?.save(services.db)]).catch((error: unknown) =>
      services.log.warn({ err: error }, 'use and slow statements were not written down; they are next time'),
    );
  const timer = setInterval(() => void save(), saveEveryMs);
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await save();
  });
  const hidden = { schema: { hide: true } };
  app.get('/health', hidden, async () => {
    const database = await databaseAnswers();
    // No key is needed here, so it tells names and severities, not the evidence.
    const results = await checks();
    const isFine = database && results.every(({ severity }) => severity === 'ok' || severity === 'skipped');
    return {
      status: isFine ? 'ok' : 'degraded',
      version: services.version,
      checks: { database: database ? 'ok' : 'critical', ...Object.fromEntries(results.map(({ name, severity }) => [name, severity])) },
    };
  });
  app.get('/ready', hidden, async () => {
    if (!(await databaseAnswers())) throw new QhError('unavailable', 'The database does not answer.');
    if (!(await services.schemaIsCurrent()))
      throw new QhError('unavailable', 'The schema in the database is not the one of this program.', { hint: 'Run: qh migrate' });
    return { status: 'ready', version: services.version };
  });
  app.get('/metrics', hidden, async (_request, reply) => {
    const { contentType, body } = await metrics.text();
    return reply.type(contentType).send(body);
  });
}

/** `subject`: what of several things the operation was asked for (countedBy). */
interface Asked {
  name: string;
  subject: string | undefined;
}

type Observer = (principal: Principal | null, asked: Asked, status: number, ms: number) => void;

function followRequests(app: FastifyInstance, { log, config }: HttpServices, tell: Observer): void {
  // In development a line per request would hide what matters.
  const level = config.environment === 'production' ? 'info' : 'debug';
  // Also on an answer that was refused before any other hook ran.
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const operation = request.routeOptions.config.operation;
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    const principal = operation === undefined || request.principal.id === 'nobody' ? null : request.principal;
    if (operation !== undefined) {
      const subject = operation.countedBy === undefined ? undefined : (request.params as Record<string, string>)[operation.countedBy];
      tell(principal, { name: operation.name, subject }, reply.statusCode, ms);
    }
    // The path without its query: what was asked for may be personal.
    const url = operation === undefined ? request.url.split('?')[0] : undefined;
    log[level](
      { request_id: request.id, operation: operation?.name, method: request.method, url, status: reply.statusCode, ms, principal: principal?.id },
      'request',
    );
  });
}

async function answers({ db }: HttpServices): Promise<boolean> {
  try {
    await db.query('select 1');
    return true;
  } catch {
    return false;
  }
}
