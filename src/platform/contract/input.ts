import type { TObject, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Value } from 'typebox/value';
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
  if (validator.Check(value)) return value;
  const errors = violations(schema, validator, value);
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

function violations(schema: TObject, validator: Validator, value: Record<string, unknown>) {
  const allowed = Object.keys(schema.properties);
  const found = new Map<string, { path: string; rule: string; value: unknown; hint: string | undefined }>();
  for (const name of Object.keys(value)) {
    if (!allowed.includes(name))
      found.set(name, { path: name, rule: 'is not a field here', value: value[name], hint: `Fields: ${allowed.join(', ') || 'none'}` });
  }
  for (const error of validator.Errors(value)) {
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
    const field = schema.properties[key] as (TSchema & { description?: string }) | undefined;
    found.set(path, { path, rule: error.message, value: valueAt(value, path), hint: field?.description });
  }
  return [...found.values()];
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const part of path.split('.')) at = isRecord(at) ? at[part] : Array.isArray(at) ? at[Number(part)] : undefined;
  return at ?? null;
}

function readTexts(schema: TObject, value: Record<string, unknown>): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const field = schema.properties[name];
    read[name] = field === undefined ? entry : readText(field, entry);
  }
  return read;
}

function readText(field: TSchema, entry: unknown): unknown {
  if ('type' in field && field.type === 'array' && typeof entry === 'string') {
    const items = (field as unknown as { items: TSchema }).items;
    return entry === '' ? [] : entry.split(',').map((part) => Value.Convert(items, part.trim()));
  }
  if ('type' in field && field.type === 'array' && Array.isArray(entry)) return Value.Convert(field, entry);
  const wantsObject = 'type' in field && (field.type === 'array' || field.type === 'object');
  if (wantsObject || typeof entry !== 'string') return entry;
  return Value.Convert(field, entry);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
