/**
 * The one registry of errors: SQLSTATE (class QH) ↔ http status ↔ CLI exit code. SQL raises the SQLSTATE, HTTP answers
 * the status as application/problem+json, the CLI exits with the code, and the docs print this table.
 */

export interface ErrorKind {
  sqlState: string;
  status: number;
  /** 1 failed, 2 wrong use; 0 and 3 are no errors. */
  exitCode: 1 | 2;
  title: string;
  /** What to try when the place that raised the error says nothing better. */
  hint: string;
}

export const errorKinds = {
  bad_request: { sqlState: 'QH400', status: 400, exitCode: 2, title: 'Wrong input', hint: 'Correct the named value and send it again.' },
  unauthorized: {
    sqlState: 'QH401',
    status: 401,
    exitCode: 1,
    title: 'Not signed in',
    hint: 'Send a valid key in X-API-Key; `qh keys create` makes one.',
  },
  forbidden: {
    sqlState: 'QH403',
    status: 403,
    exitCode: 1,
    title: 'Not allowed',
    hint: 'Ask an administrator for a key or role with the scope that is missing.',
  },
  not_found: { sqlState: 'QH404', status: 404, exitCode: 1, title: 'Not found', hint: 'Check the name or id; a list operation shows what there is.' },
  conflict: { sqlState: 'QH409', status: 409, exitCode: 1, title: 'Conflict', hint: 'Read the present state, then decide again.' },
  too_large: { sqlState: 'QH413', status: 413, exitCode: 1, title: 'Too large', hint: 'Split the input into smaller parts.' },
  unsupported_file: {
    sqlState: 'QH415',
    status: 415,
    exitCode: 1,
    title: 'File cannot be read',
    hint: 'Save it as an Excel workbook (.xlsx) and try again.',
  },
  idempotency_mismatch: {
    sqlState: 'QH422',
    status: 422,
    exitCode: 1,
    title: 'Idempotency key was used for another request',
    hint: 'Send another Idempotency-Key, or the same request as before.',
  },
  too_many_requests: { sqlState: 'QH429', status: 429, exitCode: 1, title: 'Too many requests', hint: 'Wait as long as Retry-After says.' },
  internal: { sqlState: 'QH500', status: 500, exitCode: 1, title: 'Internal error', hint: 'The server log has the cause.' },
  unavailable: { sqlState: 'QH503', status: 503, exitCode: 1, title: 'Not available now', hint: 'Try again in a few seconds.' },
  timeout: {
    sqlState: 'QH504',
    status: 503,
    exitCode: 1,
    title: 'Took too long',
    hint: 'Ask for a shorter range or fewer rows, or try again later.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;

/** One broken rule of an input: where, which rule, the offending value, and what to do. */
export interface FieldError {
  path: string;
  rule: string;
  value?: unknown;
  hint?: string;
}

export interface QhErrorOptions {
  hint?: string;
  errors?: FieldError[];
  /** When it is worth trying again; sent as Retry-After. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

export class QhError extends Error {
  override name = 'QhError';
  readonly code: ErrorCode;
  readonly title: string;
  readonly status: number;
  readonly sqlState: string;
  readonly exitCode: 1 | 2;
  /** What went wrong, with the offending value; the same as `message`. */
  readonly detail: string;
  readonly hint: string;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, detail: string, options: QhErrorOptions = {}) {
    super(detail, { cause: options.cause });
    const kind: ErrorKind = errorKinds[code];
    this.code = code;
    this.title = kind.title;
    this.status = kind.status;
    this.sqlState = kind.sqlState;
    this.exitCode = kind.exitCode;
    this.detail = detail;
    this.hint = options.hint ?? kind.hint;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

const codeOfSqlState: ReadonlyMap<string, ErrorCode> = new Map(Object.entries(errorKinds).map(([code, kind]) => [kind.sqlState, code as ErrorCode]));

/** What `pg` throws: the server's error fields, or a system error of the socket. */
interface PostgresError {
  code?: string;
  message?: string;
  detail?: string;
  hint?: string;
  constraint?: string;
  column?: string;
}

const socketErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN']);

/** Any error of a database call as a QhError. What is not foreseen becomes `internal` without the message, which may name tables or values. */
export function fromPostgres(error: unknown): QhError {
  if (error instanceof QhError) return error;
  const { code = '', message = '', detail, hint, constraint, column }: PostgresError = typeof error === 'object' && error !== null ? error : {};
  const raised = codeOfSqlState.get(code);
  if (raised) return new QhError(raised, message, { hint, errors: fieldErrors(detail), cause: error });
  const as = (kind: ErrorCode, text: string, own?: string): QhError => new QhError(kind, text, { hint: own, cause: error });
  if (code === '57014') return as('timeout', 'The database stopped the query after its time limit.');
  if (code === '55P03') return as('timeout', 'Another transaction holds what this one needs.', 'Try again in a few seconds.');
  if (code === '40001' || code === '40P01')
    return as('conflict', 'Another transaction changed the same rows at the same time.', 'Send the request again.');
  if (isUnavailable(code, message)) return as('unavailable', 'The database does not answer.');
  if (code === '42501' && message.includes('row-level security'))
    return as('forbidden', 'This would write what you may not see: a service, a team or a city that is not yours.');
  if (code === '42501') return as('forbidden', 'The database refuses this to the role that asked.');
  if (code === '23505') return as('conflict', `There is one already. ${detail ?? ''}`.trim());
  if (code === '23503') return as('conflict', `A row that this refers to is missing, or others still refer to it. ${detail ?? ''}`.trim());
  if (code === '23502') return as('bad_request', `A value is missing: ${column ?? 'unknown column'}.`);
  if (code.startsWith('23')) return as('bad_request', `A value breaks the rule ${constraint ?? code}.`);
  if (code.startsWith('22')) return as('bad_request', message);
  return as('internal', 'Something unforeseen went wrong.');
}

function isUnavailable(code: string, message: string): boolean {
  return (
    code === '53300' || // too_many_connections
    code.startsWith('08') ||
    code.startsWith('57P') ||
    socketErrors.has(code) ||
    // The driver's own words for a lost connection and for an exhausted pool carry no code.
    (code === '' && /connection terminated|timeout exceeded when trying to connect|client was closed|not queryable/i.test(message))
  );
}

/** SQL puts a JSON array of {path, rule, value, hint} into `detail`; any other detail is not for the caller. */
function fieldErrors(detail: string | undefined): FieldError[] {
  if (!detail?.startsWith('[')) return [];
  try {
    const parsed: unknown = JSON.parse(detail);
    return Array.isArray(parsed) ? parsed.filter(isFieldError) : [];
  } catch {
    return [];
  }
}

function isFieldError(item: unknown): item is FieldError {
  return (
    typeof item === 'object' && item !== null && 'path' in item && typeof item.path === 'string' && 'rule' in item && typeof item.rule === 'string'
  );
}
