import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import Type from 'typebox';
import { callerSettings } from '../auth/principal.ts';
import type { Config } from '../config/config.ts';
import type { Db } from '../db/pool.ts';
import { QhError } from '../errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { effectOf, Replay, requestHash, type KeyedWrite } from '../http/idempotency.ts';
import { receiveUpload } from '../http/upload.ts';
import type { Context, UploadedFile } from './implement.ts';
import { parseInput } from './input.ts';
import { fullInput, fullOutput, pathInputs, roomOf, type AnyOperation } from './operation.ts';
import type { Catalogue } from './run.ts';
import { send } from './send.ts';

export interface RestServices {
  catalogue: Catalogue;
  db: Db;
  config: Config;
  jobs: Jobs;
}

/** One route per operation; the same validation, errors and idempotency for all. */
export function registerOperations(app: FastifyInstance, services: RestServices): void {
  for (const operation of services.catalogue.operations) {
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      schema: openApiSchema(operation),
      config: { operation },
      handler: (request, reply) => answer(operation, request, reply, services),
    });
  }
}

/** A read that nobody waits for any more must not hold its connection; a file is as long as its reader takes. */
const readLimit = ({ method, result }: AnyOperation, seconds: number): Record<string, string> =>
  method === 'GET' && result !== 'file' && seconds > 0 ? { statement_timeout: `${seconds}s` } : {};

async function answer(operation: AnyOperation, request: FastifyRequest, reply: FastifyReply, services: RestServices) {
  const { input, file } = await readInput(operation, request, services.config);
  const gone = new AbortController();
  // Every answer closes at last; to abort costs as much as a lookup, so only one that was not sent does.
  reply.raw.once('close', () => reply.raw.writableFinished || gone.abort());
  // What the database lets this caller see is decided there, by these settings.
  const settings = { ...callerSettings(request.principal), ...readLimit(operation, services.config.readSeconds) };
  const db = services.db.as(settings, { request_id: request.id, operation: operation.name });
  const write = keyedWrite(operation, request, input, file);
  const context: Context = {
    db,
    principal: request.principal,
    requestId: request.id,
    log: request.log as Context['log'],
    config: services.config,
    jobs: services.jobs,
    signal: gone.signal,
    takesStreams: true,
    file,
    effect: effectOf(db, write),
    mayGather: write === undefined,
  };
  try {
    const result = await services.catalogue.run(operation, input, context);
    return await send(operation, request, reply, result);
  } catch (error) {
    if (!(error instanceof Replay)) throw error;
    return await send(operation, request, reply.header('Idempotent-Replayed', 'true'), services.catalogue.declared(operation, error));
  } finally {
    if (file !== undefined) await rm(file.path, { force: true });
  }
}

async function readInput(operation: AnyOperation, request: FastifyRequest, config: Config) {
  const params = request.params as Record<string, string>;
  const query = (request.query ?? {}) as Record<string, unknown>;
  if (operation.upload === true) {
    const { file, fields } = await receiveUpload(request, path.join(config.dataDir, 'uploads'));
    try {
      return { input: parseInput(operation, { ...fields, ...query, ...params }, true), file };
    } catch (error) {
      await rm(file.path, { force: true });
      throw error;
    }
  }
  if (operation.method === 'GET' || operation.method === 'DELETE') return { input: parseInput(operation, { ...query, ...params }, true) };
  const body = request.body ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new QhError('bad_request', 'The body must be a JSON object.');
  if (operation.takesQuery === true) return { input: parseInput(operation, { ...query, ...body, ...params }, true) };
  const unknown = Object.keys(query);
  if (unknown.length > 0) throw new QhError('bad_request', `${unknown.join(', ')}: this operation takes its fields in the body.`);
  const pathValues = parsePathValues(operation, params);
  return { input: parseInput(operation, { ...body, ...pathValues }, false) };
}

/** Values in the path are texts even where the body is JSON. */
function parsePathValues(operation: AnyOperation, params: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const type = (operation.input.properties[name] as { type?: string } | undefined)?.type;
      return [name, type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value];
    }),
  );
}

function keyedWrite(
  operation: AnyOperation,
  request: FastifyRequest,
  input: Record<string, unknown>,
  file: UploadedFile | undefined,
): KeyedWrite | undefined {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || operation.method === 'GET') return undefined;
  if (key.length === 0 || key.length > 200) throw new QhError('bad_request', 'Idempotency-Key: 1 to 200 characters.');
  return {
    principalId: request.principal.id,
    key,
    requestHash: requestHash(operation.name, JSON.stringify(input), file?.sha256 ?? ''),
    hasSecretAnswer: operation.hasSecretAnswer === true,
  };
}

/** What OpenAPI prints of an operation. */
function openApiSchema(operation: AnyOperation): FastifySchema {
  const inputs = fullInput(operation).properties;
  const inPath = pathInputs(operation);
  const pick = (wanted: boolean) => Object.fromEntries(Object.entries(inputs).filter(([name]) => inPath.includes(name) === wanted));
  const rest = Type.Object(pick(false), { additionalProperties: false });
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE' || operation.takesQuery === true;
  return {
    operationId: operation.name.replaceAll('.', '_'),
    summary: operation.summary,
    description: operation.description,
    tags: [roomOf(operation)],
    ...(operation.scope === null ? { security: [] } : { security: [{ apiKey: [] }, { session: [] }] }),
    ...(inPath.length > 0 ? { params: Type.Object(pick(true)) } : {}),
    ...(operation.upload === true
      ? {
          consumes: ['multipart/form-data'],
          body: Type.Object({ file: Type.Unsafe<string>({ type: 'string', format: 'binary' }), ...rest.properties }),
        }
      : inQuery
        ? { querystring: rest }
        : { body: rest }),
    response: {
      [operation.status ?? 200]: operation.result === 'file' ? Type.Unsafe({ type: 'string', format: 'binary' }) : fullOutput(operation),
      '4xx': Type.Unsafe({ $ref: 'problem#' }),
    },
  };
}
