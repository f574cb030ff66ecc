import Type, { type Static, type TObject, type TSchema } from 'typebox';
import type { ErrorCode } from '../errors.ts';

/**
 * The one definition of something that Quarterhour can do. From it are derived the SQL call, the REST
 * route, the OpenAPI entry, the CLI command, the typed clients, the reference page and the contract test.
 * This file is loaded by browsers too: no I/O, no Node.
 */
export interface Operation<I extends TObject = TObject, O extends TSchema = TSchema, R extends ResultShape = ResultShape> {
  /** `room.verb_or_noun`; the CLI command is `qh <room> <verb-or-noun>`. */
  name: string;
  /** One line, for lists. */
  summary: string;
  /** What else a caller must know: units, defaults, what is never done. */
  description?: string;
  /** The scope that a caller needs, e.g. `statistics:read`; `self`: any known caller; null when no key is needed. */
  scope: string | null;
  /** It changes what is everybody's: not for callers who are narrowed to services, teams or cities. */
  changesAll?: boolean;
  /** Its SQL function knows again who was erased: its transaction is given the key of the marks. */
  knowsErased?: boolean;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `{name}` in the path is taken from the input. */
  path: string;
  /** HTTP status of success; 200 when left out. */
  status?: number;
  input: I;
  /** One item of a list, one row, or the whole answer. */
  output: O;
  result: R;
  /** Columns that order a list and make up its cursor; a leading `-` on all of them reverses the order. */
  key?: readonly string[];
  /** The SQL function behind the operation; without it a verb file implements the operation. */
  sql?: string;
  /**
   * SQL function that tells the IANA zone in which a `date-time` input without an offset is meant, and the
   * input that it takes (null where there is none). Without it such a time is in UTC.
   */
  zone?: { function: string; input: string | null };
  errors?: readonly ErrorCode[];
  examples: readonly Example<I>[];
  /** An input in the path by which use is counted: the operation answers about several things, and which of them are asked for matters. */
  countedBy?: string;
  /** A write whose fields may stand in the query, as a seed's route has them; they may also come in the body. */
  takesQuery?: boolean;
  /** The request is multipart and carries one file in the field `file`. */
  upload?: boolean;
  /** The answer holds a secret that is shown once: it is not kept, also not for a repeated idempotency key. */
  hasSecretAnswer?: boolean;
  /**
   * A frequent read whose answer may be kept: at most so long, and never past a change of what it rests on. It must hang on
   * nothing but its input, the data behind the topics, and what the database lets the caller see.
   */
  cache?: { seconds: number; topics: readonly string[] };
  /** Small posts of one caller that wait at the same time may be written together. */
  gather?: Gathering;
  /** Inputs that the CLI takes without a flag, in order. */
  positional?: readonly string[];
}

/** How small posts are written together: those of one caller whose inputs are equal but for their rows. */
export interface Gathering {
  /** The input that holds the rows. */
  rows: string;
  /** A post's own answer out of the one for all their rows; null where that one does not tell, and each is then written by itself. */
  share: (answer: Record<string, unknown>, rows: number, all: number) => Record<string, unknown> | null;
}

/**
 * list: `{items, next_cursor}`, ordered by `key` · rows: a bare array · row: one object · file: bytes.
 */
export type ResultShape = 'list' | 'rows' | 'row' | 'file';

export interface Example<I extends TObject = TObject> {
  title: string;
  input: Partial<Static<I>> & { fields?: unknown };
  /** Not run by the tests and the docs, with the reason (for instance: it deletes). */
  skip?: string;
}

/** What a caller passes: the operation's own fields, and cursor, limit and fields for a list. */
export type InputOf<Op> =
  Op extends Operation<infer I, TSchema, infer R>
    ? Static<I> & (R extends 'list' ? { cursor?: string; limit?: number; fields?: string[] } : unknown)
    : never;

/** What a caller gets. */
export type OutputOf<Op> =
  Op extends Operation<TObject, infer O, infer R>
    ? R extends 'list'
      ? { items: Static<O>[]; next_cursor: string | null }
      : R extends 'rows'
        ? Static<O>[]
        : Static<O>
    : never;

/** What a caller passes who chooses fields of a list. */
export type ChosenInputOf<Op> = Op extends Operation<TObject, TSchema, 'list'> ? InputOf<Op> & { fields: string[] } : never;

/** What that caller gets: the items have the fields that were chosen. */
export type ChosenOutputOf<Op> = Op extends Operation<TObject, infer O, 'list'> ? { items: Partial<Static<O>>[]; next_cursor: string | null } : never;

/** A type to pass any operation around by; the parts are `any` because TypeBox schemas are invariant. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyOperation = Operation<any, any>;

/** Declares an operation; unknown input fields are always refused. */
export function defineOperation<I extends TObject, O extends TSchema, R extends ResultShape>(operation: Operation<I, O, R>): Operation<I, O, R> {
  return { ...operation, input: { ...operation.input, additionalProperties: false } };
}

const maxLimit = 100_000;
export const defaultLimit = 100;

/** The input schema with what the machinery adds: cursor, limit and fields of a list. */
export function fullInput(operation: AnyOperation): TObject {
  if (operation.result !== 'list') return operation.input;
  return Type.Object(
    {
      ...operation.input.properties,
      cursor: Type.Optional(Type.String({ description: 'next_cursor of the answer before' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxLimit, default: defaultLimit, description: 'items per page' })),
      fields: fieldsOf(operation),
    },
    { additionalProperties: false },
  );
}

const fieldsOf = ({ output }: AnyOperation) => FieldsOf(output as TObject, 'fields of the items that are wanted; all when left out');

/** The fields that callers may name, so that a long answer is small; of items whose fields only the catalog knows, any name. */
export function FieldsOf(item: TObject, description: string) {
  const names = Object.keys(item.properties);
  const one = names.length === 0 ? Type.String({ maxLength: 63 }) : Type.Enum(names);
  return Type.Optional(Type.Array(one, { minItems: 1, maxItems: 200, description }));
}

/** The schema of the whole answer. */
export function fullOutput(operation: AnyOperation): TSchema {
  switch (operation.result) {
    case 'list':
      return Type.Object({
        items: Type.Array(Type.Partial(operation.output as TObject)),
        next_cursor: Type.Union([Type.String(), Type.Null()]),
      });
    case 'rows':
      return Type.Array(operation.output);
    default:
      return operation.output;
  }
}

export const roomOf = (operation: AnyOperation): string => operation.name.split('.')[0]!;
export const verbOf = (operation: AnyOperation): string => operation.name.split('.').slice(1).join('_');
export const pathInputs = (operation: AnyOperation): string[] => [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

/** Whether a field travels as JSON: an object, or a list of anything but plain values. */
export function isStructured(schema: { type?: string; items?: { type?: string; enum?: unknown } } | undefined): boolean {
  if (schema?.type === 'object') return true;
  if (schema?.type !== 'array') return false;
  const { type = '', enum: choices } = schema.items ?? {};
  return choices === undefined && !['string', 'integer', 'number', 'boolean'].includes(type);
}

/** Schemas that many contracts need. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Moment = (description: string) => Type.String({ format: 'date-time', description });
export const Day = (description: string) => Type.String({ format: 'date', description });
