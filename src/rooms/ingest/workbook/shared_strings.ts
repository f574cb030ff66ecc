import { ByteWindow } from './byte_window.ts';
import type { Container } from './container.ts';
import { limits } from './limits.ts';
import { tooLarge } from './refused.ts';
import { NEED_MORE, Token, XmlReader } from './xml_reader.ts';

const blockBits = 22;
const blockBytes = 1 << blockBits;

/** The workbook's table of texts, held as UTF-8 bytes in blocks so that a million of them cost no objects. */
export class SharedStrings {
  count = 0;
  private readonly blocks: Buffer[] = [];
  private starts = new Float64Array(1024);
  private lengths = new Uint32Array(1024);
  private used = blockBytes;
  private total = 0;

  add(bytes: Buffer, from: number, to: number): void {
    const length = to - from;
    this.total += length;
    if (this.total > limits.sharedTextBytes || this.count >= limits.sharedStrings) {
      throw tooLarge(`The workbook's table of texts holds more than ${limits.sharedTextBytes / 1024 ** 2} MiB.`);
    }
    if (this.used + length > blockBytes) {
      this.blocks.push(Buffer.allocUnsafeSlow(blockBytes));
      this.used = 0;
    }
    if (this.count === this.starts.length) this.grow();
    bytes.copy(this.blocks[this.blocks.length - 1]!, this.used, from, to);
    this.starts[this.count] = (this.blocks.length - 1) * blockBytes + this.used;
    this.lengths[this.count] = length;
    this.used += length;
    this.count++;
  }

  private grow(): void {
    const starts = new Float64Array(this.starts.length * 2);
    starts.set(this.starts);
    this.starts = starts;
    const lengths = new Uint32Array(this.lengths.length * 2);
    lengths.set(this.lengths);
    this.lengths = lengths;
  }

  /** The block in which a text lies. */
  block(index: number): Buffer {
    return this.blocks[Math.floor(this.starts[index]! / blockBytes)]!;
  }

  /** Where in its block a text begins. */
  start(index: number): number {
    return this.starts[index]! % blockBytes;
  }

  length(index: number): number {
    return this.lengths[index]!;
  }
}

class SharedStringsReader extends XmlReader {
  private readonly strings: SharedStrings;
  private depth = 0;
  private done = false;

  constructor(window: ByteWindow, strings: SharedStrings) {
    super(window);
    this.strings = strings;
  }

  /** Reads what the window holds as a whole. */
  read(): void {
    const { window } = this;
    for (;;) {
      const at = this.skipSpace(window.pos);
      window.pos = at;
      if (at >= window.end) break;
      if (window.bytes[at] === 0) this.stop(at);
      if (window.bytes[at] !== 60) this.stray();
      const after = this.plain(at) ?? this.any(at);
      if (after === NEED_MORE) break;
      window.pos = after;
    }
    if (window.complete && (window.pending > 0 || !this.done)) throw this.fail('it ends in the middle');
  }

  /** `<si><t>text</t></si>` without anything to decode, as bytes. */
  private plain(at: number): number | undefined {
    const { bytes } = this.window;
    if (this.depth !== 1 || bytes[at + 1] !== 115 || bytes[at + 2] !== 105 || bytes[at + 3] !== 62) return undefined;
    if (bytes[at + 4] !== 60 || bytes[at + 5] !== 116 || bytes[at + 6] !== 62) return undefined;
    let i = at + 7;
    for (let byte = bytes[i]!; byte !== 60; byte = bytes[++i]!) {
      if (byte === 38 || byte === 0 || byte === 13 || (byte === 95 && bytes[i + 1] === 120)) return undefined;
    }
    if (i - at > limits.cellText || bytes.toString('latin1', i, Math.min(i + 9, this.window.end)) !== '</t></si>') return undefined;
    this.strings.add(bytes, at + 7, i);
    return i + 9;
  }

  private any(at: number): number {
    at = this.tag(at);
    if (at === NEED_MORE || this.type === Token.other) return at;
    if (this.type === Token.cdata) this.stray();
    if (this.depth === 0) {
      if (this.done || this.local !== 'sst' || this.type === Token.close) throw this.fail('it is no table of texts');
      if (this.type === Token.open) this.depth = 1;
      else this.done = true;
      return at;
    }
    if (this.type === Token.close) {
      this.depth = 0;
      this.done = true;
      if (this.local !== 'sst') throw this.fail(`</${this.name.slice(0, 40)}> closes nothing`);
      return at;
    }
    if (this.local !== 'si') return this.skipElement(at);
    this.text = '';
    if (this.type === Token.open) at = this.collectString(at, this.name);
    if (at === NEED_MORE) return at;
    const bytes = Buffer.from(this.text);
    this.strings.add(bytes, 0, bytes.length);
    return at;
  }
}

/** Reads the table of texts; a workbook without one has none. */
export async function readSharedStrings(container: Container, part: string | null, signal?: AbortSignal): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (part === null) return strings;
  const window = new ByteWindow(part, limits.rowBytes);
  const reader = new SharedStringsReader(window, strings);
  const { chunks } = await container.part(part);
  let wanted = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    window.append(chunk);
    if (window.pending < wanted) continue;
    reader.read();
    wanted = 2 * window.pending;
  }
  window.finish();
  reader.read();
  return strings;
}
