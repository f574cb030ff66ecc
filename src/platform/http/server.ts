import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import staticFiles from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Access } from '../auth/access.ts';
import type { AnswerCache } from '../cache/answers.ts';
import type { Config } from '../config/config.ts';
import { registerOperations } from '../contract/rest.ts';
import type { Catalogue } from '../contract/run.ts';
import type { Db } from '../db/pool.ts';
import { QhError } from '../errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log/log.ts';
import type { Notifications } from '../notify/notify.ts';
import type { MetricSource, ProcessFigure } from '../metrics/metrics.ts';
import type { RedisLink } from '../redis/redis.ts';
import type { RuleResult } from '../rules/rules.ts';
import type { SlowStatements } from '../slow/slow.ts';
import { guard } from './authenticate.ts';
import { observe } from './observe.ts';
import { requestId } from './request_id.ts';
import { rateLimits } from './rate_limits.ts';
import { problemSchema, sendProblem } from './problem.ts';
import { securityHeaders } from './security_headers.ts';
import { sessionRoutes } from './session_routes.ts';

export interface HttpServices extends Pick<Access, 'keys' | 'sessions'> {
  config: Config;
  log: Log;
  db: Db;
  catalogue: Catalogue;
  jobs: Jobs;
  notifications: Notifications;
  answers: AnswerCache | null;
  redis: RedisLink | null;
  slow: SlowStatements | null;
  /** Figures of the rooms for Prometheus. */
  metrics?: readonly MetricSource[];
  processFigures?: readonly ProcessFigure[];
  version: string;
  /** Folder of the built web application. */
  webRoot: string;
  /** Whether the schema in the database is the one of this program. */
  schemaIsCurrent: () => Promise<boolean>;
  /** How what should hold stands; /health tells it. */
  rules: (db: Db, log: Log) => Promise<Pick<RuleResult, 'name' | 'severity' | 'value' | 'unit'>[]>;
}

const maxBodyBytes = 32 * 1024 * 1024;
const maxUploadBytes = 1024 * 1024 * 1024;

/** The whole web server, ready to listen: operations, docs, health, metrics and the web application. */
export async function createHttpServer(services: HttpServices): Promise<FastifyInstance> {
  const { config, log } = services;
  const app = Fastify({
    loggerInstance: log.child({ part: 'http' }, { level: config.logLevel === 'info' ? 'warn' : config.logLevel }) as FastifyBaseLogger,
    bodyLimit: maxBodyBytes,
    // What is wrong before a route is found, such as an address that is none.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    routerOptions: { maxParamLength: 500 },
    // A connection that sends its request a byte a minute is closed; an upload has the time that 1 GB takes at 5 Mbit/s.
    requestTimeout: 30 * 60_000,
    http: { headersTimeout: 30_000 },
    trustProxy: config.trustedProxies ?? false,
    requestIdHeader: false,
    genReqId: requestId,
    ...(config.tls === null ? {} : { https: { cert: await readFile(config.tls.certFile), key: await readFile(config.tls.keyFile) } }),
  });
  app.setValidatorCompiler(() => () => true);
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request, reply) => notFound(request.url, request, reply, services.webRoot));
  app.addSchema(problemSchema);
  securityHeaders(app, config);
  // A day of intervals is 100 kB of JSON: brotli would take longer over it than the database does.
  await app.register(compress, { threshold: 2048, encodings: ['gzip', 'br'], zlibOptions: { level: 2 } });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: maxUploadBytes, files: 1, fields: 20, fieldSize: 10_000 } });
  await app.register(swagger, { openapi: openApi(services.version), refResolver: { buildLocalReference: (json) => String(json.$id) } });
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { docExpansion: 'list', deepLinking: true } });
  const limits = await rateLimits(app, config);
  guard(app, services, limits);
  observe(app, services);
  sessionRoutes(app, services, limits);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  registerOperations(app, services);
  // Looked up at each request: while developing, pages are built anew under a server that runs.
  if (existsSync(services.webRoot))
    await app.register(staticFiles, { root: services.webRoot, dotfiles: 'ignore', immutable: true, maxAge: '365d', setHeaders: noCacheForPages });
  return app;
}

function noCacheForPages(reply: FastifyReply, file: string) {
  if (file.endsWith('.html')) void reply.header('cache-control', 'no-cache');
}

/** Unknown paths of the API are problems; any other page is the web application's to show. */
async function notFound(url: string, request: FastifyRequest, reply: FastifyReply, webRoot: string) {
  const isPage = request.method === 'GET' && !url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');
  const index = path.join(webRoot, 'index.html');
  if (isPage && existsSync(index))
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(await readFile(index));
  return sendProblem(new QhError('not_found', `${request.method} ${url} is not there.`, { hint: 'The routes are listed at /docs.' }), request, reply);
}

function openApi(version: string) {
  return {
    openapi: '3.1.0',
    info: { title: 'Quarterhour', version, description: 'Contact-centre analytics and workforce management. Send a key in `X-API-Key`.' },
    components: {
      securitySchemes: {
        apiKey: { type: 'apiKey' as const, name: 'X-API-Key', in: 'header' as const },
        session: { type: 'apiKey' as const, name: 'qh_session', in: 'cookie' as const },
      },
    },
  };
}
