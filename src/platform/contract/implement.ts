import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { TObject, TSchema } from 'typebox';
import type { Config } from '../config/config.ts';
import type { Db, Tx } from '../db/pool.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log/log.ts';
import type { Principal } from '../auth/principal.ts';
import type { AnyOperation, InputOf, Operation, OutputOf, ResultShape } from './operation.ts';

/** What an implementation may use. */
export interface Context {
  db: Db;
  principal: Principal;
  log: Log;
  config: Config;
  /** The request that this is part of, as the log names it. */
  requestId?: string;
  /** Sends a job; inside a transaction it exists exactly if that commits. */
  jobs: Pick<Jobs, 'send'>;
  /** Aborted when the caller has gone. */
  signal?: AbortSignal;
  /** The caller takes a long list as a stream; who does not gets it whole. */
  takesStreams?: boolean;
  /** The file of a multipart request, already received whole; the implementation moves it or it is deleted. */
  file?: UploadedFile;
  /**
   * Runs the effect of a write in one transaction; what it gives is the operation's answer. Where the caller
   * gave an idempotency key, the answer is stored in that transaction too, so that the same key gives the
   * same answer and has no second effect.
   */
  effect: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** The effect may share its transaction with others of the same caller: it is a request without an idempotency key. */
  mayGather?: boolean;
}

export interface UploadedFile {
  /** As the caller named it, without folders. */
  filename: string;
  /** Where it was received: a file of its own under QH_DATA_DIR/uploads. */
  path: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** An answer in bytes, for `result: 'file'` and for downloads of lists. */
export class FileAnswer {
  readonly filename: string;
  readonly contentType: string;
  readonly stream: Readable;
  /** Whoever takes it takes stored data out, which the audit tells; what is none, or is told elsewhere, says so. */
  readonly holdsData: boolean = true;
  constructor(filename: string, contentType: string, stream: Readable) {
    this.filename = filename;
    this.contentType = contentType;
    this.stream = stream;
  }
}

/** A file that lies ready and does not change: it can be fetched in parts. */
export class StoredFile extends FileAnswer {
  /** The audit told of it when it was written. */
  override readonly holdsData = false;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  constructor(filename: string, contentType: string, file: { path: string; bytes: number; sha256: string }) {
    // Opened only when it is read: a part is read by another stream.
    super(filename, contentType, Readable.from(readFile(file.path)));
    this.path = file.path;
    this.bytes = file.bytes;
    this.sha256 = file.sha256;
  }
}

async function* readFile(path: string): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path)) yield chunk as Buffer;
}

/** A file of headers and made-up rows. */
export class BlankFile extends FileAnswer {
  override readonly holdsData = false;
}

/** A long JSON answer, sent while it is read. */
export class JsonStream extends FileAnswer {
  override readonly holdsData = false;
  constructor(stream: Readable) {
    super('answer.json', 'application/json; charset=utf-8', stream);
  }
}

/** An answer that is JSON already, as PostgreSQL wrote it: it is passed on as it is. */
export class JsonAnswer {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Implementation<Op extends AnyOperation> = (input: InputOf<Op>, context: Context) => Promise<OutputOf<Op> | FileAnswer | JsonAnswer>;

export interface Implemented {
  operation: AnyOperation;
  run: (input: Record<string, unknown>, context: Context) => Promise<unknown>;
}

/** Joins an operation with the code behind it. The arrow points from the verb file to the contract. */
export function implement<I extends TObject, O extends TSchema, R extends ResultShape>(
  operation: Operation<I, O, R>,
  run: Implementation<Operation<I, O, R>>,
): Implemented {
  return { operation, run: run as Implemented['run'] };
}
