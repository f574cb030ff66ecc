/**
 * Encryption of a backup's files: AES-256-GCM in chunks of 64 KiB. The key comes from the passphrase by scrypt; each file has a key of its
 * own derived from that, a random salt and its name, so that a file put in another's place does not open. The nonce of a chunk is its
 * number and whether it is the last, so that chunks left out, repeated, reordered or cut off are found.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { QhError } from '../errors.ts';

const magic = Buffer.from('QHSEAL1\n');
const saltBytes = 16;
const chunkBytes = 65_536;
const tagBytes = 16;
/** 2^17 × 8 × 128 bytes: 128 MiB and 0.3 s per guess. */
const cost = { log2: 17, blockSize: 8 };
/** magic, log2 of the cost, block size, salt of the backup, check of the key, salt of the file */
export const headerBytes = magic.length + 2 + 3 * saltBytes;

export class Sealer {
  readonly #passphrase: string;
  readonly #keys = new Map<string, Buffer>();
  readonly #salt = randomBytes(saltBytes);

  constructor(passphrase: string) {
    if (passphrase.length < 8) throw new QhError('bad_request', 'The passphrase of a backup must have at least 8 characters.');
    this.#passphrase = passphrase;
  }

  /** `name`: the file's path in the backup. */
  seal(name: string): Transform {
    const fileSalt = randomBytes(saltBytes);
    const key = this.#key(cost.log2, cost.blockSize, this.#salt);
    const header = Buffer.concat([magic, Buffer.from([cost.log2, cost.blockSize]), this.#salt, checkOf(key), fileSalt]);
    return new SealTransform(header, fileKey(key, fileSalt, name));
  }

  open(name: string): Transform {
    return new OpenTransform(name, (header) => this.#keyOfHeader(header, name));
  }

  #keyOfHeader(header: Buffer, name: string): Buffer {
    const at = magic.length;
    const log2 = header[at] ?? 0;
    const blockSize = header[at + 1] ?? 0;
    const salts = [0, 1, 2].map((index) => header.subarray(at + 2 + index * saltBytes, at + 2 + (index + 1) * saltBytes));
    const [salt, check, fileSalt] = salts;
    if (!header.subarray(0, at).equals(magic) || log2 < 10 || log2 > 20 || blockSize < 1 || blockSize > 16 || !salt || !check || !fileSalt)
      throw new QhError('conflict', `${name} is no encrypted file of a backup, or its beginning is damaged.`);
    const key = this.#key(log2, blockSize, salt);
    if (!timingSafeEqual(checkOf(key), check))
      throw new QhError('unauthorized', `The passphrase does not open ${name}.`, {
        hint: 'Give the passphrase that this backup was made with: --passphrase-file FILE or QH_BACKUP_PASSPHRASE.',
      });
    return fileKey(key, fileSalt, name);
  }

  #key(log2: number, blockSize: number, salt: Buffer): Buffer {
    const id = `${log2} ${blockSize} ${salt.toString('hex')}`;
    const known = this.#keys.get(id);
    if (known) return known;
    const key = scryptSync(this.#passphrase.normalize('NFC'), salt, 32, {
      N: 2 ** log2,
      r: blockSize,
      p: 1,
      maxmem: 2 ** log2 * blockSize * 128 * 2,
    });
    this.#keys.set(id, key);
    return key;
  }
}

const checkOf = (key: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'check', saltBytes));
const fileKey = (key: Buffer, salt: Buffer, name: string): Buffer => Buffer.from(hkdfSync('sha256', key, salt, `file ${name}`, 32));

function nonce(number: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(number, 0, 6);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}

/** Gathers bytes and gives pieces of one size; what remains is the last piece, which may be shorter or empty. */
class Pieces {
  #held: Buffer[] = [];
  #length = 0;

  /** A piece is given only when bytes follow it, so that the last one is known as such. */
  *add(bytes: Buffer, size: number): Generator<Buffer> {
    this.#held.push(bytes);
    this.#length += bytes.length;
    if (this.#length <= size) return;
    const all = Buffer.concat(this.#held);
    let at = 0;
    for (; all.length - at > size; at += size) yield all.subarray(at, at + size);
    this.#held = [all.subarray(at)];
    this.#length = all.length - at;
  }

  rest(): Buffer {
    return Buffer.concat(this.#held);
  }
}

class SealTransform extends Transform {
  readonly #pieces = new Pieces();
  readonly #header: Buffer;
  readonly #key: Buffer;
  #number = 0;

  constructor(header: Buffer, key: Buffer) {
    super();
    this.#header = header;
    this.#key = key;
    this.push(header);
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (const piece of this.#pieces.add(bytes, chunkBytes)) this.#write(piece, false);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#write(this.#pieces.rest(), true);
    done();
  }

  #write(piece: Buffer, isLast: boolean): void {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(this.#number++, isLast));
    cipher.setAAD(this.#header);
    this.push(Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]));
  }
}

class OpenTransform extends Transform {
  readonly #pieces = new Pieces();
  readonly #name: string;
  readonly #keyOf: (header: Buffer) => Buffer;
  #begun: Buffer = Buffer.alloc(0);
  #opened: { header: Buffer; key: Buffer } | null = null;
  #number = 0;

  constructor(name: string, keyOf: (header: Buffer) => Buffer) {
    super();
    this.#name = name;
    this.#keyOf = keyOf;
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      const rest = this.#opened === null ? this.#begin(bytes) : bytes;
      if (rest !== null) for (const piece of this.#pieces.add(rest, chunkBytes + tagBytes)) this.#read(piece, false);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.#read(this.#pieces.rest(), true);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** What follows the header, or null while it is not complete. */
  #begin(bytes: Buffer): Buffer | null {
    this.#begun = Buffer.concat([this.#begun, bytes]);
    if (this.#begun.length < headerBytes) return null;
    const header = this.#begun.subarray(0, headerBytes);
    this.#opened = { header, key: this.#keyOf(header) };
    return this.#begun.subarray(headerBytes);
  }

  #read(piece: Buffer, isLast: boolean): void {
    if (this.#opened === null || piece.length < tagBytes) throw this.#damaged('it is cut off');
    const { header, key } = this.#opened;
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(this.#number, isLast));
    decipher.setAAD(header);
    decipher.setAuthTag(piece.subarray(piece.length - tagBytes));
    const text = decipher.update(piece.subarray(0, piece.length - tagBytes));
    try {
      decipher.final();
    } catch {
      throw this.#damaged(`chunk ${this.#number + 1} was changed, moved, or is where the file was cut off`);
    }
    this.#number++;
    this.push(text);
  }

  #damaged(how: string): QhError {
    return new QhError('conflict', `${this.#name} does not open: ${how}.`, { hint: 'Use another copy of this backup.' });
  }
}
