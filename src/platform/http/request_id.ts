import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const form = /^[\w.:-]{1,64}$/;

/** The caller's X-Request-Id where it is plain, else one of ours. It stands in the log, in the SQL and in the answer's header. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && form.test(given) ? given : randomBytes(9).toString('base64url');
}
