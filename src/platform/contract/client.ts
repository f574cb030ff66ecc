import { pathInputs, type AnyOperation, type ChosenInputOf, type ChosenOutputOf, type InputOf, type OutputOf } from './operation.ts';

/** An error answer (application/problem+json), as thrown by the client. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly hint: string;
  readonly errors: { path: string; rule: string; value?: unknown; hint?: string }[];

  constructor(problem: Partial<Omit<ProblemError, 'name' | 'message'>> & { status: number }) {
    super(problem.detail ?? `HTTP ${problem.status}`);
    this.status = problem.status;
    this.code = problem.code ?? 'internal';
    this.title = problem.title ?? `HTTP ${problem.status}`;
    this.detail = problem.detail ?? this.title;
    this.hint = problem.hint ?? '';
    this.errors = problem.errors ?? [];
  }
}

export interface ClientOptions {
  /** For instance `http://127.0.0.1:8080`; empty for the page's own origin. */
  baseUrl?: string;
  /** Sent as X-API-Key; a browser that is signed in needs none. */
  key?: string;
  fetch?: typeof fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** The file of an upload operation. */
  file?: Blob & { name?: string };
  idempotencyKey?: string;
}

export interface Client {
  /** Calls an operation; the input and the answer are typed by its contract. Of a list with `fields`, the items may lack the others. */
  call<Op extends AnyOperation>(operation: Op, input: ChosenInputOf<Op>, options?: CallOptions): Promise<ChosenOutputOf<Op>>;
  call<Op extends AnyOperation>(operation: Op, input: InputOf<Op>, options?: CallOptions): Promise<OutputOf<Op>>;
  /** The bytes of a download. */
  download<Op extends AnyOperation>(operation: Op, input: InputOf<Op>, options?: CallOptions): Promise<Blob>;
  /** Every item of a list, page after page. */
  all<Op extends AnyOperation>(operation: Op, input: ChosenInputOf<Op>, options?: CallOptions): AsyncGenerator<ItemOf<ChosenOutputOf<Op>>>;
  all<Op extends AnyOperation>(operation: Op, input: InputOf<Op>, options?: CallOptions): AsyncGenerator<ItemOf<OutputOf<Op>>>;
  /** The address of an operation with its input, to link to. */
  url<Op extends AnyOperation>(operation: Op, input: InputOf<Op>): string;
}

type ItemOf<Page> = Page extends { items: (infer Item)[] } ? Item : never;

/** A client of every operation, in browsers and in Node. */
export function createClient({ baseUrl = '', key, fetch: send = globalThis.fetch }: ClientOptions = {}): Client {
  async function request(operation: AnyOperation, input: Record<string, unknown>, options: CallOptions): Promise<Response> {
    const headers = new Headers();
    if (key !== undefined) headers.set('X-API-Key', key);
    if (options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey);
    const response = await send(baseUrl + addressOf(operation, input), {
      method: operation.method,
      headers,
      body: bodyOf(operation, input, options, headers),
      signal: options.signal ?? null,
      credentials: 'same-origin',
    });
    if (!response.ok) throw await problemOf(response);
    return response;
  }
  const client: Client = {
    call: async (operation: AnyOperation, input: Record<string, unknown>, options: CallOptions = {}) =>
      (await request(operation, input, options)).json() as never,
    download: async (operation, input, options = {}) => (await request(operation, input, options)).blob(),
    async *all(operation: AnyOperation, input: Record<string, unknown>, options: CallOptions = {}) {
      let cursor: string | null = null;
      do {
        const page: { items: never[]; next_cursor: string | null } = await (
          await request(operation, { ...input, ...(cursor === null ? {} : { cursor }) }, options)
        ).json();
        yield* page.items;
        cursor = page.next_cursor;
      } while (cursor !== null);
    },
    url: (operation, input) => baseUrl + addressOf(operation, input),
  };
  return client;
}

/** Path and query of a call; lists of values are comma-separated. */
export function addressOf(operation: AnyOperation, input: Record<string, unknown>): string {
  const inPath = pathInputs(operation);
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  if (operation.method !== 'GET' && operation.method !== 'DELETE') return path;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) {
    if (inPath.includes(name) || value === undefined || value === null) continue;
    query.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

function bodyOf(operation: AnyOperation, input: Record<string, unknown>, options: CallOptions, headers: Headers): BodyInit | null {
  if (operation.method === 'GET' || operation.method === 'DELETE') return null;
  const inPath = pathInputs(operation);
  const fields = Object.entries(input).filter(([name, value]) => !inPath.includes(name) && value !== undefined);
  if (operation.upload === true) {
    const form = new FormData();
    for (const [name, value] of fields) form.set(name, String(value));
    if (options.file !== undefined) form.set('file', options.file, options.file.name ?? 'upload');
    return form;
  }
  headers.set('content-type', 'application/json');
  return JSON.stringify(Object.fromEntries(fields));
}

async function problemOf(response: Response): Promise<ProblemError> {
  const text = await response.text();
  try {
    return new ProblemError({ ...(JSON.parse(text) as object), status: response.status });
  } catch {
    return new ProblemError({ status: response.status, detail: text.slice(0, 500) });
  }
}
