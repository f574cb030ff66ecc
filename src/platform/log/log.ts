import pino from 'pino';

export type Log = pino.Logger;

/** Readable lines in development, JSON in production; secrets are never written. */
export function createLog(options: { level: string; readable: boolean }): Log {
  return pino(
    {
      level: options.level,
      redact: {
        paths: ['req.headers["x-api-key"]', 'req.headers.cookie', 'req.headers.authorization', 'key', 'password'],
        censor: '(hidden)',
      },
      ...(options.readable
        ? { transport: { target: 'pino-pretty', options: { colorize: process.stdout.isTTY, ignore: 'pid,hostname', destination: 2 } } }
        : {}),
    },
    ...(options.readable ? [] : [pino.destination(2)]),
  );
}
