/** Reads a backup: finds it, opens its manifest, checks every byte. */
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { QhError } from '../errors.ts';
import type { Definition } from './definitions.ts';
import { hashFile } from './durable.ts';
import { type Definitions, files, formatNumber, type Manifest, type StoredFile, storedFiles } from './manifest.ts';
import { Progress, type Tell } from './progress.ts';
import type { Sealer } from './seal.ts';

export interface Backup {
  folder: string;
  manifest: Manifest;
  sealer: Sealer | null;
}

const isBackup = (folder: string): boolean => existsSync(path.join(folder, files.manifestHash));
export const isSealed = (folder: string): boolean => existsSync(path.join(folder, files.sealedManifest));

/** The backups in a folder, oldest first by the moment in their names. */
export async function backupsIn(parent: string): Promise<string[]> {
  if (!existsSync(parent)) return [];
  const names = (await readdir(parent)).filter((name) => !name.startsWith('.') && isBackup(path.join(parent, name)));
  const moments = new Map(await Promise.all(names.map(async (name) => [name, await madeAt(path.join(parent, name))] as const)));
  return names.toSorted((a, b) => (moments.get(a) ?? 0) - (moments.get(b) ?? 0) || (a < b ? -1 : 1)).map((name) => path.join(parent, name));
}

/** From the name where it has one; an encrypted manifest does not tell. */
export async function madeAt(folder: string): Promise<number> {
  const match = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(path.basename(folder));
  if (match) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }
  return (await stat(path.join(folder, files.manifestHash))).mtimeMs;
}

/** `latest`, a backup's folder, or a folder of backups (then its newest). */
export async function findBackup(name: string, home: string): Promise<string> {
  const folder = name === 'latest' ? home : path.resolve(name);
  if (isBackup(folder)) return folder;
  const newest = (await backupsIn(folder)).at(-1);
  if (newest) return newest;
  const looksLikeOne = existsSync(path.join(folder, files.manifest)) || existsSync(path.join(folder, files.sealedManifest));
  throw new QhError('not_found', looksLikeOne ? `${folder} is not complete: ${files.manifestHash} is missing.` : `There is no backup in ${folder}.`, {
    hint: looksLikeOne ? 'Use another copy of this backup.' : 'Make one: qh backup create',
  });
}

export async function openBackup(folder: string, sealer: Sealer | null): Promise<Backup> {
  const sealed = isSealed(folder);
  const name = sealed ? files.sealedManifest : files.manifest;
  if (sealed && sealer === null)
    throw new QhError('bad_request', `The backup ${folder} is encrypted.`, {
      hint: 'Give its passphrase: --passphrase-file FILE or QH_BACKUP_PASSPHRASE.',
    });
  const [expected = ''] = (await readFile(path.join(folder, files.manifestHash), 'utf8')).split(/\s/);
  if (!existsSync(path.join(folder, name))) throw damaged(`${name} is missing.`);
  const { sha256 } = await hashFile(path.join(folder, name));
  if (sha256 !== expected) throw damaged(`${name} does not have the SHA-256 that ${files.manifestHash} says: it was changed or cut off.`);
  const used = sealed ? sealer : null;
  const text = await readAll(contents({ folder, sealer: used }, name, false));
  const manifest: Manifest = JSON.parse(text);
  if (manifest.product !== 'quarterhour' || manifest.format !== formatNumber)
    throw new QhError('conflict', `${folder} has format ${manifest.format}; this program reads format ${formatNumber}.`, {
      hint: `Use the release that made it (${manifest.product_version}) or a later one.`,
    });
  return { folder, manifest, sealer: used };
}

/** Every file is there, has its length and its SHA-256, and nothing else lies among them. */
export async function checkFiles({ folder, manifest }: Backup, tell: Tell = () => {}): Promise<void> {
  const expected = storedFiles(manifest);
  const problems: string[] = [];
  const progress = new Progress('checking files', manifest.bytes, tell);
  for (const stored of expected) {
    const problem = await checkFile(folder, stored, progress.add);
    if (problem !== null) problems.push(problem);
  }
  const known = new Set(expected.map(({ file }) => file));
  for (const part of [files.data, files.keys]) {
    if (!existsSync(path.join(folder, part))) continue;
    for (const name of await readdir(path.join(folder, part)))
      if (!known.has(`${part}/${name}`)) problems.push(`${part}/${name} does not belong to this backup.`);
  }
  if (problems.length > 0) throw damaged(problems.slice(0, 20).join('\n') + (problems.length > 20 ? `\n… and ${problems.length - 20} more` : ''));
}

async function checkFile(folder: string, { file, bytes, sha256 }: StoredFile, onBytes: (count: number) => void): Promise<string | null> {
  const place = path.join(folder, file);
  if (!existsSync(place)) return `${file} is missing.`;
  const found = await hashFile(place, onBytes);
  if (found.bytes < bytes) return `${file} is cut off: ${found.bytes} of ${bytes} bytes are there.`;
  if (found.bytes > bytes) return `${file} has ${found.bytes - bytes} bytes too many.`;
  return found.sha256 === sha256 ? null : `${file} was changed: its SHA-256 is not the one in the manifest.`;
}

export async function readDefinitionsOf(backup: Backup): Promise<readonly Definition[]> {
  const { definitions }: Definitions = JSON.parse(await readAll(contents(backup, backup.manifest.definitions.file, true)));
  return definitions;
}

/** What a file holds, decrypted and decompressed; errors of any step end the last stream. */
export function contents({ folder, sealer }: Pick<Backup, 'folder' | 'sealer'>, file: string, compressed: boolean): Readable {
  const steps: [Readable, Transform, Transform] = [
    createReadStream(path.join(folder, file), { highWaterMark: 1 << 20 }),
    sealer === null ? new PassThrough() : sealer.open(file),
    compressed ? createZstdDecompress() : new PassThrough(),
  ];
  const [, , last] = steps;
  // pipeline destroys the last stream with the error, where its reader meets it.
  pipeline(steps).catch(() => {});
  return last;
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function damaged(detail: string): QhError {
  return new QhError('conflict', `The backup is damaged. ${detail}`, { hint: 'Use another copy of this backup, or another backup: qh backup list' });
}
