/** Bytes in COPY text format that grow at the end and are handed out as a whole. */
export class CopyBuffer {
  bytes: Buffer;
  length = 0;
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Makes room for so many more bytes. */
  ensure(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  /** Takes what was written and begins anew; the taken bytes own their memory, so that a thread can hand them over. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.allocUnsafeSlow(this.capacity);
    this.length = 0;
    return taken;
  }

  ascii(text: string): void {
    this.ensure(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  integer(value: number): void {
    this.ensure(12);
    const { bytes } = this;
    let digits = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) digits++;
    let at = this.length + digits;
    this.length = at;
    for (let rest = value; digits > 0; digits--) {
      const next = (rest / 10) | 0;
      bytes[--at] = 48 + rest - next * 10;
      rest = next;
    }
  }

  /** A text field. */
  text(from: Buffer, start: number, end: number): void {
    this.ensure(2 * (end - start));
    const { bytes } = this;
    let to = this.length;
    for (let i = start; i < end; i++) {
      const byte = from[i]!;
      if (byte !== 92 && byte !== 9 && byte !== 10 && byte !== 13) {
        bytes[to++] = byte;
        continue;
      }
      bytes[to++] = 92;
      bytes[to++] = byte === 92 ? 92 : byte === 9 ? 116 : byte === 10 ? 110 : 114;
    }
    this.length = to;
  }

  /** The inside of a JSON string within a text field: escaped for JSON, then its backslashes for COPY. */
  jsonText(from: Buffer, start: number, end: number): void {
    this.ensure(7 * (end - start));
    const { bytes } = this;
    let to = this.length;
    for (let i = start; i < end; i++) {
      const byte = from[i]!;
      if (byte >= 32 && byte !== 34 && byte !== 92) {
        bytes[to++] = byte;
        continue;
      }
      bytes[to++] = 92;
      bytes[to++] = 92;
      if (byte === 92) bytes[to++] = 92;
      if (byte === 92 || byte === 34) {
        bytes[to++] = byte;
      } else {
        to += bytes.write(`u00${byte.toString(16).padStart(2, '0')}`, to, 'latin1');
      }
    }
    this.length = to;
  }
}
