import { QhError } from '../errors.ts';

/** One record of the file: its fields as they stand, and the line on which it begins. */
export interface FileRecord {
  line: number;
  fields: (string | null)[];
}

const maxFieldCharacters = 1_000_000;

/**
 * Reads CSV (RFC 4180; comma, semicolon or tab, whichever parts the header) from chunks of text, and gives the records some at a time: a
 * million that each are awaited are held far longer than they are needed. An empty field that is not quoted is null. The apostrophe that
 * our own export puts before what looks like a formula is taken off again.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<readonly FileRecord[]> {
  const state = new CsvState();
  for await (const chunk of chunks) {
    state.take(chunk);
    if (state.records.length > 0) yield state.records.splice(0);
  }
  state.end();
  if (state.records.length > 0) yield state.records;
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
const apostrophe = 39;

class CsvState {
  records: FileRecord[] = [];
  /** Its code; 0 until the header tells it. */
  #separator = 0;
  #fields: (string | null)[] = [];
  #field = '';
  #wasQuoted = false;
  #isQuoted = false;
  /** A quote inside quotes: the next character tells whether it ends them. */
  #sawQuote = false;
  #line = 1;
  #from = 1;
  #header = '';

  take(chunk: string): void {
    let text = chunk;
    if (this.#separator === 0) {
      this.#header += chunk;
      const end = this.#header.indexOf('\n');
      if (end < 0 && this.#header.length < maxFieldCharacters) return;
      text = this.#begin(this.#header, end < 0 ? this.#header.length : end);
    }
    this.#read(text);
  }

  end(): void {
    if (this.#separator === 0) this.#read(this.#begin(this.#header, this.#header.length));
    if (this.#isQuoted && !this.#sawQuote) throw unreadable(`the quote that opens on line ${this.#from} is never closed`);
    if (this.#field !== '' || this.#wasQuoted || this.#fields.length > 0) this.#endRecord();
  }

  /** The separator is what the header line holds most of, outside quotes. */
  #begin(text: string, end: number): string {
    const plain = text.slice(0, end).replaceAll(/"[^"]*"/g, '');
    const count = (mark: string) => plain.split(mark).length;
    this.#separator = [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0]!.charCodeAt(0);
    return text.replace(/^\ufeff/, '');
  }

  /** Takes runs of characters at once: one by one they would leave a string behind each. */
  #read(text: string): void {
    for (let at = 0; at < text.length;) {
      if (this.#isQuoted && !this.#sawQuote) {
        const end = text.indexOf('"', at);
        this.#addQuoted(text.slice(at, end < 0 ? text.length : end));
        if (end < 0) return;
        this.#sawQuote = true;
        at = end + 1;
        continue;
      }
      const code = text.charCodeAt(at);
      if (this.#sawQuote) {
        this.#sawQuote = false;
        this.#isQuoted = code === quote;
        if (this.#isQuoted) this.#add('"');
      }
      if (!this.#isMark(code)) {
        const from = at;
        while (++at < text.length && !this.#isMark(text.charCodeAt(at)));
        this.#add(text.slice(from, at));
        continue;
      }
      at++;
      if (!this.#isQuoted) this.#mark(code);
    }
  }

  #isMark(code: number): boolean {
    return code === this.#separator || code === lineFeed || code === carriageReturn || code === quote;
  }

  /** A character outside quotes that may mean something. */
  #mark(code: number): void {
    if (code === this.#separator) this.#endField();
    else if (code === lineFeed) this.#endRecord();
    else if (code !== quote) return;
    else if (this.#field === '') this.#isQuoted = this.#wasQuoted = true;
    else this.#add('"');
  }

  #addQuoted(text: string): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++;
    this.#add(text);
  }

  #add(text: string): void {
    this.#field += text;
    if (this.#field.length > maxFieldCharacters) throw unreadable(`the record that begins on line ${this.#from} has a field of a million characters`);
  }

  #endField(): void {
    const field = this.#field;
    if (field === '') this.#fields.push(this.#wasQuoted ? '' : null);
    else this.#fields.push(field.charCodeAt(0) === apostrophe ? field.replace(/^'(?=[=+\-@\t\r])/, '') : field);
    this.#field = '';
    this.#wasQuoted = false;
  }

  #endRecord(): void {
    this.#endField();
    this.records.push({ line: this.#from, fields: this.#fields });
    this.#fields = [];
    this.#from = ++this.#line;
  }
}

/** Reads JSON Lines: one object a line, some at a time. The first line's fields are the header; later lines may lack some and have no others. */
export async function* readJsonLines(chunks: AsyncIterable<string>): AsyncGenerator<readonly FileRecord[]> {
  let header: readonly string[] | null = null;
  let line = 0;
  for await (const lines of linesOf(chunks)) {
    const records: FileRecord[] = [];
    for (const text of lines) {
      line++;
      if (text.trim() === '') continue;
      const item = objectOf(text, line);
      if (header === null) {
        header = Object.keys(item);
        records.push({ line, fields: [...header] });
      }
      records.push({ line, fields: valuesOf(item, header, line) });
    }
    if (records.length > 0) yield records;
  }
}

function valuesOf(item: Record<string, unknown>, header: readonly string[], line: number): (string | null)[] {
  const other = Object.keys(item).find((name) => !header.includes(name));
  if (other !== undefined) throw unreadable(`line ${line} has the field “${other.slice(0, 60)}”, which the first line lacks`);
  return header.map((name) => textOf(item[name]));
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > maxFieldCharacters) throw unreadable('a line is longer than a million characters');
    yield lines;
  }
  if (rest !== '') yield [rest];
}

function objectOf(text: string, line: number): Record<string, unknown> {
  try {
    const item: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) return item as Record<string, unknown>;
  } catch {
    // falls through to the one error below
  }
  throw unreadable(`line ${line} is no JSON object`);
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const unreadable = (what: string, hint = 'Correct the file and send it again; nothing was imported.'): QhError =>
  new QhError('unsupported_file', `The file cannot be read: ${what}.`, { hint });
