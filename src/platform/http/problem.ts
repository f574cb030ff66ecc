import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { errorKinds, fromPostgres, QhError, type ErrorCode } from '../errors.ts';

/** The body of every error (RFC 9457). */
export const problemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    hint: Type.String(),
    errors: Type.Array(Type.Object({ path: Type.String(), rule: Type.String(), value: Type.Unknown(), hint: Type.Optional(Type.String()) })),
  },
  { $id: 'problem' },
);

/** Answers any error as application/problem+json; what was not foreseen is logged whole and told without its message. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asQhError(error);
  if (problem.status >= 500) request.log.error({ err: error }, problem.message);
  if (problem.status === 503 || problem.status === 429)
    reply.header('retry-after', String(problem.retryAfterSeconds ?? (problem.status === 503 ? 2 : 60)));
  if (problem.status === 401) reply.header('www-authenticate', 'ApiKey header="X-API-Key"');
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: `/docs/errors#${problem.code}`,
        title: problem.title,
        status: problem.status,
        detail: problem.detail,
        code: problem.code,
        hint: problem.hint,
        errors: problem.errors,
      }),
    );
}

/** Fastify's own errors (broken JSON, body too large, unknown content type) as ours; others by their SQLSTATE. */
export function asQhError(error: unknown): QhError {
  if (error instanceof QhError) return error;
  const { statusCode, message, code } = error as Partial<FastifyError>;
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    const known = (Object.keys(errorKinds) as ErrorCode[]).find((name) => errorKinds[name].status === statusCode);
    return new QhError(known ?? 'bad_request', message ?? 'The request cannot be read.', { cause: error });
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new QhError('bad_request', message ?? 'Unknown content type.');
  return fromPostgres(error);
}
