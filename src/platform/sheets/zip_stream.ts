import { constants, crc32, deflateRaw } from 'node:zlib';

export interface ZipPart {
  name: string;
  data: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const signature = { local: 0x04034b50, descriptor: 0x08074b50, central: 0x02014b50, end: 0x06054b50 };
/** Version 2.0; sizes follow the data (bit 3); names are UTF-8 (bit 11); deflate; 1980-01-01, so that the same rows give the same bytes. */
const header = { version: 20, flags: 0x0808, method: 8, time: 0, date: 0x0021 };
const largest = 0xffff_ffff;

function localHeader(name: Buffer): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(signature.local, 0);
  bytes.writeUInt16LE(header.version, 4);
  bytes.writeUInt16LE(header.flags, 6);
  bytes.writeUInt16LE(header.method, 8);
  bytes.writeUInt16LE(header.time, 10);
  bytes.writeUInt16LE(header.date, 12);
  bytes.writeUInt16LE(name.length, 26);
  return Buffer.concat([bytes, name]);
}

interface Written {
  name: Buffer;
  offset: number;
  checksum: number;
  compressed: number;
  size: number;
}

function descriptor(part: Written): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(signature.descriptor, 0);
  bytes.writeUInt32LE(part.checksum, 4);
  bytes.writeUInt32LE(part.compressed, 8);
  bytes.writeUInt32LE(part.size, 12);
  return bytes;
}

function centralHeader(part: Written): Buffer {
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(signature.central, 0);
  bytes.writeUInt16LE(header.version, 4);
  bytes.writeUInt16LE(header.version, 6);
  bytes.writeUInt16LE(header.flags, 8);
  bytes.writeUInt16LE(header.method, 10);
  bytes.writeUInt16LE(header.time, 12);
  bytes.writeUInt16LE(header.date, 14);
  bytes.writeUInt32LE(part.checksum, 16);
  bytes.writeUInt32LE(part.compressed, 20);
  bytes.writeUInt32LE(part.size, 24);
  bytes.writeUInt16LE(part.name.length, 28);
  bytes.writeUInt32LE(part.offset, 42);
  return Buffer.concat([bytes, part.name]);
}

function fits(value: number): void {
  if (value > largest) throw new RangeError('a zip archive without 64-bit records cannot hold more than 4 GiB');
}

/** Writes a zip archive as a stream: parts are compressed while their data is pulled, nothing is held as a whole. */
export async function* zipStream(parts: AsyncIterable<ZipPart> | Iterable<ZipPart>, level = 6): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for await (const { name, data } of parts) {
    const part: Written = { name: Buffer.from(name), offset, checksum: 0, compressed: 0, size: 0 };
    const local = localHeader(part.name);
    yield local;
    for await (const chunk of compress(data, part, level)) {
      part.compressed += chunk.length;
      yield chunk;
    }
    yield descriptor(part);
    offset += local.length + part.compressed + 16;
    fits(part.size);
    fits(offset);
    written.push(part);
  }
  const directory = Buffer.concat(written.map(centralHeader));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(signature.end, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  yield Buffer.concat([directory, end]);
}

/** An empty last block: it ends a stream of blocks of which none is the last. */
const lastBlock = Buffer.from([3, 0]);

/**
 * Each piece is compressed by itself to whole blocks, which follow one another in one stream. (A compressor that lives as long as the part
 * keeps more and more alive behind itself until the next full collection: 90 MiB over a million rows.)
 */
async function* compress(data: ZipPart['data'], part: Written, level: number): AsyncGenerator<Buffer> {
  for await (const piece of data) {
    part.checksum = crc32(piece, part.checksum);
    part.size += piece.length;
    yield await blocksOf(piece, level);
  }
  yield lastBlock;
}

function blocksOf(piece: Uint8Array, level: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    deflateRaw(piece, { level, finishFlush: constants.Z_FULL_FLUSH }, (error, blocks) => {
      if (error === null) resolve(blocks);
      else reject(error);
    });
  });
}
