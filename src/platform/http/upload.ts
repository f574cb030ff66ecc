import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { QhError } from '../errors.ts';
import type { UploadedFile } from '../contract/implement.ts';

/**
 * Receives a multipart request whole: its one file into a file of its own under `folder` (never into
 * memory), its fields as texts, in whatever order the client sent them.
 */
export async function receiveUpload(request: FastifyRequest, folder: string): Promise<{ file: UploadedFile; fields: Record<string, string> }> {
  if (!request.isMultipart())
    throw new QhError('bad_request', 'The request is not multipart/form-data.', {
      hint: 'Send the file in the field "file": curl -F file=@report.xlsx …',
    });
  await mkdir(folder, { recursive: true });
  const fields: Record<string, string> = {};
  let file: UploadedFile | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value);
      else if (part.fieldname !== 'file' || file !== undefined)
        throw new QhError('bad_request', `${part.fieldname}: one file is taken, in the field "file".`);
      else file = await receiveFile(part.file, part.filename, folder);
    }
    if (file === undefined) throw new QhError('bad_request', 'file: is required', { hint: 'Send the file in the field "file".' });
    return { file, fields };
  } catch (error) {
    if (file !== undefined) await rm(file.path, { force: true });
    throw error;
  }
}

async function receiveFile(stream: NodeJS.ReadableStream & { truncated?: boolean }, filename: string, folder: string): Promise<UploadedFile> {
  const target = path.join(folder, `${randomUUID()}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, count, createWriteStream(target, { mode: 0o600, flush: true }));
    if (stream.truncated === true) throw new QhError('too_large', 'The file is larger than the limit for uploads.');
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return { filename: path.basename(filename || 'upload'), path: target, bytes, sha256: hash.digest('hex') };
}
