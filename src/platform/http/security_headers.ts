import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';
import type { Config } from '../config/config.ts';

/**
 * Every answer carries the same security headers. Helmet writes them once, at the start: to put them together anew is a fifth of what a
 * short answer leaves to be collected.
 */
export function securityHeaders(app: FastifyInstance, config: Pick<Config, 'tls'>): void {
  const headers: Record<string, string> = {};
  // All that helmet does to a response.
  const response = { setHeader: (name: string, value: string) => (headers[name] = value), removeHeader: (name: string) => delete headers[name] };
  helmet({ contentSecurityPolicy: contentSecurityPolicy(config), hsts: config.tls !== null })(
    {} as IncomingMessage,
    response as unknown as ServerResponse,
    (error) => {
      if (error !== undefined) throw error instanceof Error ? error : new Error(String(error));
    },
  );
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

function contentSecurityPolicy(config: Pick<Config, 'tls'>) {
  return {
    useDefaults: true,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      // Mantine and ECharts set styles in attributes.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      upgradeInsecureRequests: config.tls === null ? null : [],
    },
  };
}
