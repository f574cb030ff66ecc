import { QhError } from '../errors.ts';
import type { KeyLimits } from './keys.ts';
import type { Principal } from './principal.ts';

/**
 * Nobody gives, or takes over by a new link or successor, rights that they do not have themselves: who may administer a little
 * would otherwise administer all. What is lent for a time cannot be given on: it would stay.
 */
export function requireNoMore(caller: Principal, scopes: ReadonlySet<string> | readonly string[], wanted: KeyLimits | null): void {
  if (caller.kind === 'local') return;
  const giver = caller.own ?? caller;
  const more = [...scopes].filter((scope) => !giver.scopes.has(scope));
  if (more.length > 0) throw new QhError('forbidden', `You may not give rights that you do not have: ${more.join(', ')}.`);
  if (wanted === null) return;
  const { operations, serviceIds, teamIds, cities } = giver.limits;
  requireWithin('operations', operations, wanted.operations);
  requireWithin('service_ids', serviceIds, wanted.service_ids);
  requireWithin('team_ids', teamIds, wanted.team_ids);
  requireWithin('cities', cities, wanted.cities);
}

function requireWithin<T>(name: string, own: readonly T[] | null, wanted: readonly T[] | null | undefined): void {
  if (own === null) return;
  if (wanted === null || wanted === undefined || wanted.some((item) => !own.includes(item)))
    throw new QhError('forbidden', `You may not give more than you have: ${name}.`, { hint: `Yours: ${own.join(', ')}` });
}
