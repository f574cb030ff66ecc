import type { AnyOperation } from '../contract/operation.ts';
import { QhError } from '../errors.ts';
import { isNarrowed, selfScope, type Principal } from './principal.ts';
import { actingBy, rightsOf } from './rights.ts';

/**
 * Default deny: an operation is run only by who has its scope and is not limited to others. Gives the caller as the operation is to see
 * them: of somebody who stands in for others, with those rights alone that allow it.
 */
export function authorize(operation: AnyOperation, principal: Principal): Principal {
  const { kind, role, limits } = principal;
  const { name, scope } = operation;
  // Whoever has the data directory has everything in it; and what is one's own is whoever's one stands in for.
  if (scope === null || kind === 'local') return principal;
  const acting = scope === selfScope ? principal : actingBy(principal, ({ scopes }) => scopes.has(scope));
  if (acting === null || !rightsOf(acting).some(({ scopes }) => scopes.has(scope)))
    throw new QhError('forbidden', `${name} needs the scope ${scope}; the role ${role} does not have it.`);
  if (limits.operations !== null && !limits.operations.includes(name))
    throw new QhError('forbidden', `This key may not call ${name}.`, { hint: `It may call: ${limits.operations.join(', ')}` });
  if (operation.changesAll !== true) return acting;
  const whole = actingBy(acting, (rights) => !isNarrowed(rights));
  if (whole !== null) return whole;
  throw new QhError('forbidden', `${name} changes what is everybody’s; you may see some services, teams or cities only.`, {
    hint: 'Ask somebody whom nothing narrows.',
  });
}
