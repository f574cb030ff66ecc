import type { ByteWindow } from './byte_window.ts';
import { limits } from './limits.ts';
import { unsupported, type WorkbookRefused } from './refused.ts';
import { decodeEntities, decodeEscapes, normaliseLineEnds } from './xml_text.ts';

/** Returned instead of a position when the window ends inside what was being read. */
export const NEED_MORE = -1;

export const Token = { open: 1, close: 2, empty: 3, other: 4, cdata: 5 } as const;
type TokenType = (typeof Token)[keyof typeof Token];

const isSpace = (byte: number | undefined) => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/** The largest one of the positions that matter: a token's parts, found by `tag`. */
export class XmlReader {
  protected readonly window: ByteWindow;
  /** The last token read by `tag`. */
  type: TokenType = Token.other;
  name = '';
  local = '';
  /** The decoded text read last by `collectText` or `collectString`. */
  text = '';
  private attributes: number[] = [];
  private contentFrom = 0;
  private contentTo = 0;

  constructor(window: ByteWindow) {
    this.window = window;
  }

  protected fail(what: string): WorkbookRefused {
    return unsupported(`${this.window.part} is damaged: ${what}.`);
  }

  /** A zero byte is the end of the window, or a character that XML does not know. */
  protected stop(at: number): number {
    if (at < this.window.end) throw this.fail('it holds a zero byte');
    return NEED_MORE;
  }

  protected skipSpace(at: number): number {
    const { bytes } = this.window;
    while (isSpace(bytes[at])) at++;
    return at;
  }

  /** Reads the token that begins with the `<` at `at` and returns the position behind it. */
  tag(at: number): number {
    const { bytes, end } = this.window;
    if (at + 1 >= end) return NEED_MORE;
    const second = bytes[at + 1];
    if (second === 33) return this.declaration(at);
    if (second === 63) return this.instruction(at);
    const from = second === 47 ? at + 2 : at + 1;
    let to = from;
    for (let byte = bytes[to]!; byte > 32 && byte !== 62 && byte !== 47 && byte !== 61 && byte !== 60; byte = bytes[to]!) to++;
    if (to === from && to < end) throw this.fail('an element has no name');
    this.name = bytes.toString('latin1', from, to);
    const colon = this.name.indexOf(':');
    this.local = colon < 0 ? this.name : this.name.slice(colon + 1);
    this.attributes.length = 0;
    if (second === 47) {
      to = this.skipSpace(to);
      if (bytes[to] !== 62) return bytes[to] === 0 ? this.stop(to) : this.malformed();
      this.type = Token.close;
      return to + 1;
    }
    return this.attributeList(to);
  }

  private malformed(): never {
    throw this.fail(`the element <${this.name}> is not well formed`);
  }

  private attributeList(at: number): number {
    const { bytes } = this.window;
    for (;;) {
      const start = at;
      at = this.skipSpace(at);
      const byte = bytes[at];
      if (byte === 0) return this.stop(at);
      if (byte === 62) {
        this.type = Token.open;
        return at + 1;
      }
      if (byte === 47) {
        if (bytes[at + 1] !== 62) return bytes[at + 1] === 0 ? this.stop(at + 1) : this.malformed();
        this.type = Token.empty;
        return at + 2;
      }
      if (at === start) this.malformed();
      const nameFrom = at;
      while (bytes[at]! > 32 && bytes[at] !== 61 && bytes[at] !== 62 && bytes[at] !== 47 && bytes[at] !== 60) at++;
      const nameTo = at;
      at = this.skipSpace(at);
      if (bytes[at] !== 61) return bytes[at] === 0 ? this.stop(at) : this.malformed();
      at = this.skipSpace(at + 1);
      const quote = bytes[at];
      if (quote !== 34 && quote !== 39) return quote === 0 ? this.stop(at) : this.malformed();
      const valueFrom = ++at;
      while (bytes[at] !== quote && bytes[at] !== 0 && bytes[at] !== 60) at++;
      if (bytes[at] !== quote) return bytes[at] === 0 ? this.stop(at) : this.malformed();
      this.attributes.push(nameFrom, nameTo, valueFrom, at);
      at++;
    }
  }

  /** The value of an attribute of the last token, by its local or whole name. */
  attribute(name: string): string | undefined {
    const { bytes } = this.window;
    const found = this.attributes;
    for (let i = 0; i < found.length; i += 4) {
      const whole = bytes.toString('latin1', found[i], found[i + 1]);
      if (whole === name || whole.slice(whole.indexOf(':') + 1) === name) {
        return decodeEntities(bytes.toString('utf8', found[i + 2], found[i + 3]), this.window.part);
      }
    }
    return undefined;
  }

  private declaration(at: number): number {
    const { bytes, end } = this.window;
    const head = bytes.toString('latin1', at, Math.min(end, at + 9));
    if (head.startsWith('<!--')) {
      const close = bytes.subarray(0, end).indexOf('-->', at + 4, 'latin1');
      this.type = Token.other;
      return close < 0 ? NEED_MORE : close + 3;
    }
    if (head === '<![CDATA[') {
      const close = bytes.subarray(0, end).indexOf(']]>', at + 9, 'latin1');
      this.type = Token.cdata;
      this.contentFrom = at + 9;
      this.contentTo = close;
      return close < 0 ? NEED_MORE : close + 3;
    }
    if ('<!--'.startsWith(head) || '<![CDATA['.startsWith(head)) return NEED_MORE;
    throw unsupported(`${this.window.part} declares a document type or entities, which no report needs: the file is refused.`);
  }

  private instruction(at: number): number {
    const { bytes, end } = this.window;
    const close = bytes.subarray(0, end).indexOf('?>', at + 2, 'latin1');
    if (close < 0) return NEED_MORE;
    const encoding = /^<\?xml\s[^?]*encoding\s*=\s*["']([^"']*)["']/.exec(bytes.toString('latin1', at, close))?.[1];
    if (encoding !== undefined && !/^(utf-?8|utf-?16|us-ascii|ascii)$/i.test(encoding)) {
      throw unsupported(`${this.window.part} is written in the code page ${encoding.slice(0, 40)}; only UTF-8 and UTF-16 are read.`);
    }
    this.type = Token.other;
    return close + 2;
  }

  /** Skips the rest of an element whose opening token was just read. */
  skipElement(at: number): number {
    if (this.type === Token.empty) return at;
    const { bytes } = this.window;
    const names = [this.name];
    while (names.length > 0) {
      while (bytes[at] !== 60 && bytes[at] !== 0) at++;
      if (bytes[at] === 0) return this.stop(at);
      at = this.tag(at);
      if (at === NEED_MORE) return NEED_MORE;
      if (this.type === Token.open && names.push(this.name) > limits.depth) throw this.fail('its elements are nested too deeply');
      if (this.type === Token.close && names.pop() !== this.name) this.malformed();
    }
    return at;
  }

  /** Reads the text of an element up to its closing token `name`; comments are left out, inner elements are damage. */
  collectText(at: number, name: string): number {
    const { bytes, part } = this.window;
    let text = '';
    for (;;) {
      const from = at;
      while (bytes[at] !== 60 && bytes[at] !== 0) at++;
      if (bytes[at] === 0) return this.stop(at);
      if (at > from) text += decodeEntities(normaliseLineEnds(bytes.toString('utf8', from, at)), part);
      at = this.tag(at);
      if (at === NEED_MORE) return NEED_MORE;
      if (this.type === Token.cdata) text += normaliseLineEnds(bytes.toString('utf8', this.contentFrom, this.contentTo));
      else if (this.type === Token.close) {
        if (this.name !== name) this.malformed();
        this.text = text;
        return at;
      } else if (this.type !== Token.other) throw this.fail(`<${name.slice(0, 40)}> holds the element <${this.name.slice(0, 40)}>`);
    }
  }

  /** Reads a string item up to its closing token `name`: plain text or rich runs, without phonetic hints. */
  collectString(at: number, name: string): number {
    const { bytes } = this.window;
    const names = [name];
    let text = '';
    while (names.length > 0) {
      at = this.skipSpace(at);
      if (bytes[at] !== 60) return bytes[at] === 0 ? this.stop(at) : this.stray();
      at = this.tag(at);
      if (at === NEED_MORE) return NEED_MORE;
      if (this.type === Token.close) {
        if (names.pop() !== this.name) this.malformed();
      } else if (this.type === Token.open && this.local === 't') {
        at = this.collectText(at, this.name);
        text += this.text;
      } else if (this.type === Token.open && this.local === 'r' && names.length === 1) {
        names.push(this.name);
      } else if (this.type === Token.open) {
        at = this.skipElement(at);
      } else if (this.type === Token.cdata) this.stray();
      if (at === NEED_MORE) return NEED_MORE;
    }
    this.text = decodeEscapes(text);
    if (this.text.length > limits.cellText) {
      throw this.fail(`a text is longer than ${limits.cellText} characters, which no cell can hold`);
    }
    return at;
  }

  protected stray(): never {
    throw this.fail('text stands where only elements may');
  }
}
