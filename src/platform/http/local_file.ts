import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { UploadedFile } from '../contract/implement.ts';
import { QhError } from '../errors.ts';

/** A file of this machine as if it had been uploaded: copied beside the uploads, with size and SHA-256. */
export async function localFile(file: string, dataDir: string): Promise<UploadedFile> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile())
    throw new QhError('not_found', `There is no file ${file}.`, { hint: 'Check the path; quote names with spaces.' });
  const folder = path.join(dataDir, 'uploads');
  await mkdir(folder, { recursive: true });
  const target = path.join(folder, `${randomUUID()}.part`);
  await copyFile(file, target);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(target)) hash.update(chunk as Buffer);
  return { filename: path.basename(file), path: target, bytes: found.size, sha256: hash.digest('hex') };
}
