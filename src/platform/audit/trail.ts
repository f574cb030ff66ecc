import { pathInputs, type AnyOperation } from '../contract/operation.ts';
import type { Context, FileAnswer } from '../contract/implement.ts';
import type { Tx } from '../db/pool.ts';
import { appendAudit } from './append.ts';
import { changedFields, shownValue } from './shown.ts';
import { watched } from './taken_out.ts';

export interface TrailOptions {
  /** Names of fields that hold what is personal, wherever they stand. */
  personalFields: ReadonlySet<string>;
  /** SQL of the record behind an input of a path, for what no operation shows: by the input's name, the id is $1. */
  records: Readonly<Record<string, string>>;
}

/** Whether an operation changes something: it is no GET, and not one that only reads what it was sent. */
export const isWrite = ({ method, scope }: AnyOperation): boolean => method !== 'GET' && scope?.endsWith(':read') !== true;

/** Inputs by which people are looked for, by their names, logins or numbers. */
const namesPeople = new Set(['search', 'principal', 'led_by']);

/** Writes one row of the audit for every write operation, in the transaction of its effect. */
export class Trail {
  readonly #options: TrailOptions;
  readonly #readers: ReadonlyMap<string, string>;

  constructor(operations: readonly AnyOperation[], options: TrailOptions) {
    this.#options = options;
    this.#readers = new Map(
      operations.flatMap((operation) => {
        const reader = isWrite(operation) ? readerOf(operation, operations, options.records) : null;
        return reader === null ? [] : [[operation.name, reader] as const];
      }),
    );
  }

  /** The same context, whose effect leaves its trace. */
  follow(operation: AnyOperation, input: Record<string, unknown>, context: Context): Context {
    if (!isWrite(operation)) return context;
    return { ...context, effect: (work) => context.effect((tx) => this.#traced(operation, input, context, tx, work)) };
  }

  /** A file of stored data leaves its entry too: who took it, what was asked for, how much it was, and its hash. */
  takenOut(operation: AnyOperation, input: Record<string, unknown>, { db, principal, requestId }: Context, file: FileAnswer): FileAnswer {
    if (!file.holdsData) return file;
    const [id] = pathInputs(operation);
    const asked = Object.entries(input).filter(([name]) => name !== id && name !== 'limit' && name !== 'cursor');
    const shown = Object.fromEntries(asked.map(([name, value]) => [name, namesPeople.has(name) ? '***' : value]));
    const object = id === undefined ? null : `${id}=${String(input[id])}`;
    return watched(file, (taken) =>
      db.transaction((tx) => {
        const after = { ...(shownValue(shown, this.#options.personalFields) as object), ...taken };
        return appendAudit(tx, principal, { operation: operation.name, object, after, requestId: requestId ?? null });
      }),
    );
  }

  async #traced<T>(
    operation: AnyOperation,
    input: Record<string, unknown>,
    { principal, requestId }: Context,
    tx: Tx,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    await tx.query(`select set_config('qh.principal', $1, true)`, [principal.name]);
    const former = await this.#read(operation, input, tx);
    const answer = await work(tx);
    const present = former === undefined ? undefined : await this.#read(operation, input, tx);
    const entry = this.#entry(operation, input, former, present, answer);
    await appendAudit(tx, principal, { operation: operation.name, requestId, ...entry });
    return answer;
  }

  #entry(operation: AnyOperation, input: Record<string, unknown>, former: Found | undefined, present: Found | undefined, answer: unknown) {
    const show = (value: unknown): unknown => shownValue(value, this.#options.personalFields);
    const [id] = pathInputs(operation);
    const said = typeof answer === 'string' ? parsed(answer) : answer;
    const object = id === undefined ? objectOf(said) : `${id}=${String(input[id])}`;
    if (former !== undefined && present !== undefined) {
      const { before, after } = changedFields(former, present);
      return { object, before: show(before), after: show(after) };
    }
    const asked = Object.fromEntries(Object.entries(input).filter(([name]) => name !== id));
    return { object, after: show({ input: asked, answer: said }) };
  }

  /** The record that the operation changes; undefined when nothing tells how to find it. */
  async #read(operation: AnyOperation, input: Record<string, unknown>, tx: Tx): Promise<Found | undefined> {
    const text = this.#readers.get(operation.name);
    const [id] = pathInputs(operation);
    if (text === undefined || id === undefined) return undefined;
    await tx.query('savepoint record');
    try {
      const [row] = await tx.query<{ record: Record<string, unknown> }>(text, [input[id]]);
      await tx.query('release savepoint record');
      return row?.record ?? null;
    } catch {
      // What reads the record says that there is none; the operation itself says it better.
      await tx.query('rollback to savepoint record');
      return null;
    }
  }
}

type Found = Record<string, unknown> | null;

/** PATCH /services/{service_id} changes what GET /services/{service_id} or GET /services shows: the routes tell how to find it. */
function readerOf(operation: AnyOperation, operations: readonly AnyOperation[], records: Readonly<Record<string, string>>): string | null {
  const at = operation.path.indexOf('/{');
  const [id] = pathInputs(operation);
  if (at < 0 || id === undefined) return null;
  if (records[id] !== undefined) return records[id];
  const collection = operation.path.slice(0, at);
  const reads = operations.filter((other) => other.method === 'GET' && other.sql !== undefined);
  const one = reads.find((other) => other.path === `${collection}/{${id}}`);
  if (one !== undefined) return `select to_jsonb(t) as record from ${one.sql}(p_${id} => $1) as t`;
  const list = reads.find(
    (other) => other.path === collection && other.result === 'list' && id in (other.output as { properties?: object }).properties!,
  );
  return list === undefined ? null : `select to_jsonb(t) as record from ${list.sql}() as t where t.${id} = $1`;
}

/** What a new thing is called: the first id in the answer, else its code. */
function objectOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return null;
  const names = Object.keys(answer);
  const name = names.find((entry) => entry.endsWith('_id')) ?? names.find((entry) => entry.endsWith('_code') || entry === 'code');
  return name === undefined ? null : `${name}=${String((answer as Record<string, unknown>)[name])}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
