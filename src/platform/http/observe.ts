import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Gauge, Registry } from 'prom-client';
import { ProcessCache } from '../cache/cache.ts';
import { QhError } from '../errors.ts';
import { evaluate } from '../rules/rules.ts';
import type { HttpServices } from './server.ts';

/** Health, readiness and metrics; none of them needs a key. */
export function observe(app: FastifyInstance, services: HttpServices): void {
  const registry = new Registry();
  // Whoever asks often gets the answer of the last five seconds.
  const health = new ProcessCache(services.notifications, { maxEntries: 1, lifetimeMs: 5_000 });
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'qh_operation_duration_seconds',
    help: 'Duration of operations by name and status class.',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  });
  const up = new Gauge({
    name: 'qh_database_up',
    help: '1 when the database answers.',
    registers: [],
    async collect() {
      this.set((await databaseAnswers(services)) ? 1 : 0);
    },
  });
  registry.registerMetric(up);
  app.addHook('onResponse', async (request, reply) => {
    const operation = request.routeOptions.config.operation;
    if (operation !== undefined)
      durations.observe({ operation: operation.name, status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1000);
  });
  const hidden = { schema: { hide: true } };
  app.get('/health', hidden, async () => {
    const database = await databaseAnswers(services);
    // No key is needed here, so it tells names and severities, not the evidence.
    const results = database ? await health.get('health', [], () => evaluate(services.rules, services.db, services.log)) : [];
    const checks = Object.fromEntries(results.map(({ name, severity }) => [name, severity]));
    const isFine = database && results.every(({ severity }) => severity === 'ok' || severity === 'skipped');
    return { status: isFine ? 'ok' : 'degraded', version: services.version, checks: { database: database ? 'ok' : 'critical', ...checks } };
  });
  app.get('/ready', hidden, async () => {
    if (!(await databaseAnswers(services))) throw new QhError('unavailable', 'The database does not answer.');
    if (!(await services.schemaIsCurrent()))
      throw new QhError('unavailable', 'The schema in the database is not the one of this program.', { hint: 'Run: qh migrate' });
    return { status: 'ready', version: services.version };
  });
  app.get('/metrics', hidden, async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}

async function databaseAnswers({ db }: HttpServices): Promise<boolean> {
  try {
    await db.query('select 1');
    return true;
  } catch {
    return false;
  }
}
