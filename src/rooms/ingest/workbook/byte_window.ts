import { release } from './release.ts';
import { isUtf8 } from 'node:buffer';
import { tooLarge, unsupported } from './refused.ts';

const notUtf8 = (part: string) => unsupported(`The text in ${part} is not valid UTF-8: the file was written in another code page or is damaged.`);

/** Where the last complete UTF-8 character before `end` ends. */
function characterEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = bytes[end - back]!;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? end - back : end;
    }
  }
  return end;
}

/**
 * A window over the inflated bytes of one part: chunks are appended at the end, the reader moves `pos` forward. A zero
 * byte stands behind the last one, so that loops over bytes need no test of bounds: zero is no character of XML.
 */
export class ByteWindow {
  readonly part: string;
  bytes: Buffer;
  pos = 0;
  end = 0;
  /** No more chunks will come. */
  complete = false;
  private checked = 0;
  private decoder: TextDecoder | null = null;
  private started = false;
  private readonly limit: number;

  constructor(part: string, limit: number, capacity = 1 << 19) {
    this.part = part;
    this.limit = limit;
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.bytes[0] = 0;
  }

  /** Bytes that wait to be read. */
  get pending(): number {
    return this.end - this.pos;
  }

  /** Takes a chunk; its memory is released where no other chunk shares it. */
  append(chunk: Buffer): void {
    const isWhole = chunk.length === chunk.buffer.byteLength;
    const given = chunk;
    if (!this.started) {
      this.started = true;
      if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)) {
        this.decoder = new TextDecoder(chunk[0] === 0xff ? 'utf-16le' : 'utf-16be', { fatal: true });
      } else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
        chunk = chunk.subarray(3);
      } else if (chunk[0] === 0 || chunk[1] === 0) {
        throw unsupported(`The text in ${this.part} is in an encoding without a byte order mark that is not UTF-8.`);
      }
    }
    this.push(this.decoder ? this.decode(chunk) : chunk);
    const boundary = characterEnd(this.bytes, this.checked, this.end);
    if (!this.decoder && !isUtf8(this.bytes.subarray(this.checked, boundary))) throw notUtf8(this.part);
    this.checked = boundary;
    if (isWhole) release(given);
  }

  finish(): void {
    if (this.decoder) this.push(this.decode());
    else if (this.checked < this.end) throw notUtf8(this.part);
    this.complete = true;
  }

  private decode(chunk?: Buffer): Buffer {
    try {
      return Buffer.from(this.decoder?.decode(chunk, { stream: chunk !== undefined }) ?? '');
    } catch {
      throw unsupported(`The text in ${this.part} is not valid UTF-16.`);
    }
  }

  private push(chunk: Buffer): void {
    if (this.end + chunk.length + 1 > this.bytes.length) this.makeRoom(chunk.length + 1);
    chunk.copy(this.bytes, this.end);
    this.end += chunk.length;
    this.bytes[this.end] = 0;
  }

  private makeRoom(wanted: number): void {
    const { pos, pending } = this;
    if (pending + wanted > this.limit) {
      throw tooLarge(`A row or element in ${this.part} is larger than ${Math.round(this.limit / 1024 ** 2)} MiB.`);
    }
    if (pending + wanted > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, pending + wanted));
      this.bytes.copy(larger, 0, pos, this.end);
      this.bytes = larger;
    } else {
      this.bytes.copyWithin(0, pos, this.end);
    }
    this.checked -= pos;
    this.end = pending;
    this.pos = 0;
  }
}
