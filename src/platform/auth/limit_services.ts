import type { AnyOperation } from '../contract/operation.ts';
import type { Db } from '../db/pool.ts';
import { QhError } from '../errors.ts';
import type { Principal } from './principal.ts';

/** Finds the id of a service by its code; null when there is none. Handed over by app: platform knows no room. */
export type ServiceLookup = (code: string, db: Db) => Promise<number | null>;

/**
 * Narrows the input of a caller who may see some services only. A service that is not theirs is not there: the same 404 as for
 * one that does not exist. Where services are a filter that was left out, it is filled with theirs.
 */
export async function limitServices(
  operation: AnyOperation,
  input: Record<string, unknown>,
  { limits }: Principal,
  db: Db,
  find: ServiceLookup,
): Promise<Record<string, unknown>> {
  const allowed = limits.serviceIds;
  if (allowed === null) return input;
  const { ids, codes } = servicesIn(input);
  const properties = operation.input.properties;
  // Two services that become one are given by their codes as well.
  if ('from' in properties && 'into' in properties) for (const name of ['from', 'into']) if (typeof input[name] === 'string') codes.add(input[name]);
  for (const id of ids) require(allowed, id, id);
  for (const code of codes) require(allowed, await find(code, db), code);
  return 'service_ids' in properties && input.service_ids === undefined ? { ...input, service_ids: [...allowed] } : input;
}

/** Every service that an input names, also within the rows that it carries. */
function servicesIn(input: Record<string, unknown>) {
  const ids = new Set<unknown>();
  const codes = new Set<string>();
  const visit = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, name);
    else if (typeof value === 'object' && value !== null) for (const [key, part] of Object.entries(value)) visit(part, key);
    else if (name === 'service_id' || name === 'service_ids') ids.add(value);
    else if (name === 'service' && typeof value === 'string') codes.add(value);
  };
  visit(input, '');
  return { ids, codes };
}

function require(allowed: readonly number[], id: unknown, named: unknown): void {
  if (typeof id === 'number' && allowed.includes(id)) return;
  throw new QhError('not_found', `There is no service ${String(named)}.`, { hint: 'org.services lists the services that you may see.' });
}
