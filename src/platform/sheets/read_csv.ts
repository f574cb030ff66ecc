import { QhError } from '../errors.ts';

/** One record of the file: its fields as they stand, and the line on which it begins. */
export interface FileRecord {
  line: number;
  fields: (string | null)[];
}

const maxFieldCharacters = 1_000_000;

/**
 * Reads CSV (RFC 4180; comma, semicolon or tab, whichever parts the header) from chunks of text. An empty field that is not quoted
 * is null. The apostrophe that our own export puts before what looks like a formula is taken off again.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<FileRecord> {
  const state = new CsvState();
  for await (const chunk of chunks) {
    state.take(chunk);
    yield* state.records.splice(0);
  }
  state.end();
  yield* state.records;
}

class CsvState {
  records: FileRecord[] = [];
  #separator = '';
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
    if (this.#separator === '') {
      this.#header += chunk;
      const end = this.#header.indexOf('\n');
      if (end < 0 && this.#header.length < maxFieldCharacters) return;
      text = this.#begin(this.#header, end < 0 ? this.#header.length : end);
    }
    for (const character of text) this.#character(character);
  }

  end(): void {
    if (this.#separator === '') for (const character of this.#begin(this.#header, this.#header.length)) this.#character(character);
    if (this.#isQuoted && !this.#sawQuote) throw unreadable(`the quote that opens on line ${this.#from} is never closed`);
    if (this.#field !== '' || this.#wasQuoted || this.#fields.length > 0) this.#endRecord();
  }

  /** The separator is what the header line holds most of, outside quotes. */
  #begin(text: string, end: number): string {
    const plain = text.slice(0, end).replaceAll(/"[^"]*"/g, '');
    const count = (mark: string) => plain.split(mark).length;
    this.#separator = [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0]!;
    return text.replace(/^\ufeff/, '');
  }

  #character(character: string): void {
    if (this.#isQuoted && !this.#sawQuote) {
      if (character === '"') this.#sawQuote = true;
      else this.#add(character);
      return;
    }
    if (this.#sawQuote) {
      this.#sawQuote = false;
      if (character === '"') return this.#add('"');
      this.#isQuoted = false;
    }
    if (character === this.#separator) this.#endField();
    else if (character === '\n') this.#endRecord();
    else if (character === '"' && this.#field === '') this.#isQuoted = this.#wasQuoted = true;
    else if (character !== '\r') this.#add(character);
  }

  #add(character: string): void {
    if (character === '\n') this.#line++;
    this.#field += character;
    if (this.#field.length > maxFieldCharacters) throw unreadable(`the record that begins on line ${this.#from} has a field of a million characters`);
  }

  #endField(): void {
    this.#fields.push(this.#field === '' && !this.#wasQuoted ? null : this.#field.replace(/^'(?=[=+\-@\t\r])/, ''));
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

/** Reads JSON Lines: one object a line. The first line's fields are the header; later lines may lack some and have no others. */
export async function* readJsonLines(chunks: AsyncIterable<string>): AsyncGenerator<FileRecord> {
  let header: string[] | null = null;
  let line = 0;
  for await (const text of linesOf(chunks)) {
    line++;
    if (text.trim() === '') continue;
    const item = objectOf(text, line);
    if (header === null) {
      header = Object.keys(item);
      yield { line, fields: header };
    }
    const names = header;
    const other = Object.keys(item).find((name) => !names.includes(name));
    if (other !== undefined) throw unreadable(`line ${line} has the field “${other.slice(0, 60)}”, which the first line lacks`);
    yield { line, fields: names.map((name) => textOf(item[name])) };
  }
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > maxFieldCharacters) throw unreadable('a line is longer than a million characters');
    yield* lines;
  }
  if (rest !== '') yield rest;
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
