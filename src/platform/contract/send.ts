import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../cache/answers.ts';
import { FileAnswer, JsonStream, StoredFile } from './implement.ts';
import type { AnyOperation } from './operation.ts';

/** Sends what an operation gave. A read carries a tag; whoever shows the tag again is told that nothing changed (304). */
export async function send(operation: AnyOperation, request: FastifyRequest, reply: FastifyReply, result: Answer | FileAnswer) {
  // Its tag would be known at its end only.
  if (result instanceof JsonStream)
    return reply
      .header('content-type', result.contentType)
      .header('cache-control', 'private, no-store')
      .header('vary', 'X-API-Key, Cookie')
      .send(result.stream);
  if (result instanceof FileAnswer) {
    const name = encodeURIComponent(result.filename);
    reply.header('content-type', result.contentType).header('content-disposition', `attachment; filename*=UTF-8''${name}`);
    return result instanceof StoredFile ? sendStored(request, reply, result) : reply.send(result.stream);
  }
  reply.code(operation.status ?? 200).header('content-type', 'application/json; charset=utf-8');
  if (operation.method !== 'GET') return reply.send(result);
  // Weak, because the same answer also travels compressed. Who asks decides what is seen, so nobody in between may keep it.
  const tag = `W/"${createHash('sha1').update(result).digest('base64url')}"`;
  reply.header('etag', tag).header('cache-control', 'private, no-cache').header('vary', 'X-API-Key, Cookie');
  return isKnown(request.headers['if-none-match'], tag) ? reply.code(304).send() : reply.send(result);
}

/** Small pieces: buffers are given back when the heap is collected, and each piece brings that nearer (64 KiB each: 40 MiB more at the peak). */
const highWaterMark = 16 * 1024;

/** A file by its parts, so that a download that broke goes on where it was (RFC 9110, one range). */
function sendStored(request: FastifyRequest, reply: FastifyReply, { path, bytes, sha256 }: StoredFile) {
  const tag = `"${sha256}"`;
  // Offsets count the bytes of the file: they would mean nothing in a compressed one.
  request.headers['x-no-compression'] = 'true';
  reply.header('etag', tag).header('accept-ranges', 'bytes').header('cache-control', 'private, no-cache');
  reply.header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
  const condition = request.headers['if-range'];
  const range = condition === undefined || condition === tag ? rangeOf(request.headers.range, bytes) : null;
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${bytes}`).header('content-length', 0).send();
  if (range === null) return reply.header('content-length', bytes).send(bytes === 0 ? '' : createReadStream(path, { highWaterMark }));
  reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${bytes}`)
    .header('content-length', range.end - range.start + 1);
  return reply.send(createReadStream(path, { ...range, highWaterMark }));
}

/** `bytes=5-`, `bytes=5-9` or `bytes=-3`; null for none, several, or one that cannot be read: then the whole file is sent. */
export function rangeOf(header: string | undefined, bytes: number): { start: number; end: number } | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return Number(last) === 0 || bytes === 0 ? 'unsatisfiable' : { start: Math.max(0, bytes - Number(last)), end: bytes - 1 };
  const start = Number(first);
  if (last !== '' && Number(last) < start) return null;
  return start >= bytes ? 'unsatisfiable' : { start, end: Math.min(last === '' ? bytes - 1 : Number(last), bytes - 1) };
}

function isKnown(header: string | undefined, tag: string): boolean {
  const bare = (text: string) => text.trim().replace(/^W\//, '');
  return header !== undefined && (header.trim() === '*' || header.split(',').some((entry) => bare(entry) === bare(tag)));
}
