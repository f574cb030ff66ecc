import type { TObject } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { QhError } from '../errors.ts';
import { fullInput, type AnyOperation } from './operation.ts';

const validators = new WeakMap<AnyOperation, { schema: TObject; validator: Validator }>();

/**
 * Checks what a caller passed and gives back the operation's input. `text` says that the values came as
 * strings (query, form, command line) and are to be read as what the schema names: numbers, booleans, and
 * comma-separated lists. A violation is one error that lists every field, the rule and the value.
 */
export function parseInput(operation: AnyOperation, raw: unknown, text: boolean): Record<string, unknown> {
  const { schema, validator } = validatorOf(operation);
  let value = isRecord(raw) ? raw : {};
  if (text) value = readTexts(schema, value);
  const moments = withOffsets(schema, value);
  // Where the operation has a zone, its call reads such a time there.
  if (validator.Check(moments)) return operation.zone === undefined ? moments : value;
  const errors = violations(schema, validator, value, moments);
  throw new QhError('bad_request', errors.map((error) => `${error.path}: ${error.rule}`).join('; '), { errors });
}

function validatorOf(operation: AnyOperation) {
  let known = validators.get(operation);
  if (known === undefined) {
    const schema = fullInput(operation);
    known = { schema, validator: Compile(schema) };
    validators.set(operation, known);
  }
  return known;
}

const isMoment = ({ format, anyOf }: FieldSchema): boolean => format === 'date-time' || (anyOf ?? []).some(isMoment);
const withoutOffset = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?)?$/;

/** Days and times without an offset as moments of UTC. */
function withOffsets(schema: TObject, value: Record<string, unknown>): Record<string, unknown> {
  const moments: [string, string][] = [];
  for (const [name, field] of Object.entries(schema.properties)) {
    const entry = value[name];
    if (typeof entry !== 'string' || !isMoment(field as FieldSchema)) continue;
    const [, day, minutes = '00:00', seconds = ':00'] = withoutOffset.exec(entry) ?? [];
    if (day !== undefined) moments.push([name, `${day}T${minutes}${seconds}Z`]);
  }
  return moments.length === 0 ? value : { ...value, ...Object.fromEntries(moments) };
}

/** What is wrong with the values, of which `checked` is what was held against the schema. */
function violations(schema: TObject, validator: Validator, value: Record<string, unknown>, checked: Record<string, unknown>) {
  const allowed = Object.keys(schema.properties);
  const found = new Map<string, { path: string; rule: string; value: unknown; hint: string | undefined }>();
  for (const name of Object.keys(value)) {
    if (!allowed.includes(name))
      found.set(name, { path: name, rule: 'is not a field here', value: value[name], hint: `Fields: ${allowed.join(', ') || 'none'}` });
  }
  for (const error of validator.Errors(checked)) {
    const path = error.instancePath.replace(/^\//, '').replaceAll('/', '.');
    if (error.keyword === 'additionalProperties' && path === '') continue;
    if (error.keyword === 'required') {
      for (const name of error.params.requiredProperties) {
        const missing = path === '' ? name : `${path}.${name}`;
        found.set(missing, { path: missing, rule: 'is required', value: null, hint: undefined });
      }
      continue;
    }
    const key = path.split('.')[0]!;
    if (found.has(path)) continue;
    const field: { description?: string; enum?: unknown[]; items?: { enum?: unknown[] } } | undefined = schema.properties[key];
    const known = error.keyword === 'enum' ? (field?.enum ?? field?.items?.enum) : undefined;
    const form =
      error.keyword === 'format' && error.params.format === 'date-time'
        ? 'Write 2025-03-01, 2025-03-01T09:15 or 2025-03-01T09:15:00+05:00.'
        : undefined;
    const hint = [field?.description, known === undefined ? form : `One of: ${known.join(', ')}`].filter((part) => part !== undefined);
    found.set(path, { path, rule: error.message, value: valueAt(value, path), hint: hint.length === 0 ? undefined : hint.join('. ') });
  }
  return [...found.values()];
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const part of path.split('.')) at = isRecord(at) ? at[part] : Array.isArray(at) ? at[Number(part)] : undefined;
  return at ?? null;
}

function readTexts(schema: TObject, value: Record<string, unknown>): Record<string, unknown> {
  // fromEntries makes own properties of every name, also of __proto__.
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, name in schema.properties ? readText(schema.properties[name] as FieldSchema, entry) : entry]),
  );
}

type FieldSchema = { type?: string; format?: string; items?: FieldSchema; anyOf?: FieldSchema[] };

/** What does not read as the wanted type stays the text that it is, and is refused by the check: nothing is rounded or guessed. */
function readText(field: FieldSchema, entry: unknown): unknown {
  if (field.anyOf !== undefined)
    return field.anyOf.reduce((found: unknown, part) => (typeof found === 'string' ? readText(part, found) : found), entry);
  if (field.type === 'array') {
    const parts: unknown = typeof entry === 'string' ? (entry === '' ? [] : entry.split(',')) : entry;
    return Array.isArray(parts) ? parts.map((part: unknown) => readText(field.items ?? {}, typeof part === 'string' ? part.trim() : part)) : parts;
  }
  if (typeof entry !== 'string') return entry;
  if (field.type === 'integer' && /^-?\d{1,15}$/.test(entry)) return Number(entry);
  if (field.type === 'number' && /^-?\d+(\.\d+)?$/.test(entry)) return Number(entry);
  if (field.type === 'boolean' && /^(true|false|1|0)$/.test(entry)) return entry === 'true' || entry === '1';
  return entry;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
