import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import * as yauzl from 'yauzl';
import { limits } from './limits.ts';
import { tooLarge, unsupported, WorkbookRefused } from './refused.ts';
import { refuseByHead } from './sniff.ts';

/** Largest piece of inflated bytes that is handed out at once; larger ones gain nothing and wait longer for collection. */
const chunkBytes = 64 * 1024;

const damaged = (what: string) =>
  unsupported(`The file is damaged: ${what}.`, 'It was perhaps cut off on its way. Export or copy the report again and send the new file.');

/** An error of the archive as a refusal; one of the machine (a disk that does not answer) stays what it is. */
function asRefusal(error: unknown, what: (message: string) => string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof WorkbookRefused || (code !== undefined && !code.startsWith('Z_') && !code.startsWith('ERR_'))) return error;
  return damaged(what(message.replace(/\.$/, '')));
}

/** One part that is being inflated. */
export interface PartStream {
  chunks: AsyncGenerator<Buffer>;
  /** Compressed bytes that were consumed so far. */
  consumed(): number;
}

/** The zip container of a workbook. */
export class Container {
  private readonly zip: yauzl.ZipFile;
  private readonly entries: Map<string, yauzl.Entry>;

  constructor(zip: yauzl.ZipFile, entries: Map<string, yauzl.Entry>) {
    this.zip = zip;
    this.entries = entries;
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  compressedSize(name: string): number {
    return this.entries.get(name.toLowerCase())?.compressedSize ?? 0;
  }

  close(): void {
    this.zip.close();
  }

  /** Opens a part; sizes, ratio and checksum are checked while it is read, since what the archive declares may lie. */
  async part(name: string, limit: number = limits.partBytes): Promise<PartStream> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) throw damaged(`the part ${name} is missing`);
    if (entry.isEncrypted()) throw unsupported(`The part ${name} is encrypted.`, 'Send the workbook without a password.');
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
      throw unsupported(`The part ${name} is compressed by a method that workbooks do not use.`);
    const raw = await this.zip.openReadStreamPromise(entry, { decodeFileData: false }).catch((error: unknown) => {
      throw asRefusal(error, (message) => `the part ${name} cannot be read (${message})`);
    });
    const inflate = entry.compressionMethod === 8 ? createInflateRaw({ chunkSize: chunkBytes }) : null;
    const stored = { bytes: 0 };
    const consumed = () => (inflate ? inflate.bytesWritten : stored.bytes);
    return { chunks: checked(entry, name, raw, inflate, stored, limit), consumed };
  }

  /** A part that is small in any honest workbook, as a whole. */
  async smallPart(name: string): Promise<Buffer> {
    const { chunks } = await this.part(name, limits.smallPartBytes);
    const read: Buffer[] = [];
    for await (const chunk of chunks) read.push(chunk);
    return Buffer.concat(read);
  }
}

async function* checked(
  entry: yauzl.Entry,
  name: string,
  raw: Readable,
  inflate: ReturnType<typeof createInflateRaw> | null,
  stored: { bytes: number },
  limit: number,
): AsyncGenerator<Buffer> {
  let total = 0;
  let checksum = 0;
  if (inflate) {
    raw.on('error', (error) => inflate.destroy(error));
    raw.pipe(inflate);
  }
  try {
    for await (const chunk of (inflate ?? raw) as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (!inflate) stored.bytes = total;
      if (total > limit) throw tooLarge(`The part ${name} inflates to more than ${Math.round(limit / 1024 ** 2)} MiB.`);
      if (inflate && total > limits.ratioFreeBytes && total > limits.ratio * inflate.bytesWritten) {
        throw tooLarge(
          `The part ${name} inflates to more than ${limits.ratio} times its size, as no report does.`,
          'The file may be a “zip bomb”. Export the report again.',
        );
      }
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw asRefusal(error, (message) => `the part ${name} cannot be inflated (${message})`);
  } finally {
    if (inflate) raw.unpipe(inflate);
    raw.destroy();
    inflate?.destroy();
  }
  if (total !== entry.uncompressedSize || checksum !== entry.crc32) throw damaged(`the part ${name} does not match its checksum`);
}

async function directory(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > limits.entries)
    throw tooLarge(
      `The archive holds ${zip.entryCount} entries; a workbook has at most ${limits.entries}.`,
      'Export the report again; a report has about ten.',
    );
  const entries = new Map<string, yauzl.Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    if (entries.has(name)) throw damaged(`the part ${entry.fileName} is there twice`);
    entries.set(name, entry);
  }
  return entries;
}

/** Opens the container of a workbook, or says what the file is instead. */
export async function openContainer(path: string): Promise<Container> {
  const file = await open(path, 'r');
  try {
    const refusal = await refuseByHead(file);
    if (refusal) throw refusal;
  } finally {
    await file.close();
  }
  let zip: yauzl.ZipFile | undefined;
  try {
    zip = await yauzl.openPromise(path, { autoClose: false });
    return new Container(zip, await directory(zip));
  } catch (error) {
    zip?.close();
    throw asRefusal(error, (message) => message);
  }
}
