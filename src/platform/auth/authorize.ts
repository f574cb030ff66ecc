import type { AnyOperation } from '../contract/operation.ts';
import { QhError } from '../errors.ts';
import { isNarrowed, type Principal } from './principal.ts';

/** Default deny: an operation is run only by who has its scope and is not limited to others. */
export function authorize(operation: AnyOperation, principal: Principal): void {
  const { kind, role, scopes, limits } = principal;
  // Whoever has the data directory has everything in it.
  if (operation.scope === null || kind === 'local') return;
  if (!scopes.has(operation.scope))
    throw new QhError('forbidden', `${operation.name} needs the scope ${operation.scope}; the role ${role} does not have it.`);
  if (limits.operations !== null && !limits.operations.includes(operation.name))
    throw new QhError('forbidden', `This key may not call ${operation.name}.`, { hint: `It may call: ${limits.operations.join(', ')}` });
  if (operation.changesAll === true && isNarrowed(principal))
    throw new QhError('forbidden', `${operation.name} changes what is everybody’s; you may see some services, teams or cities only.`, {
      hint: 'Ask somebody whom nothing narrows.',
    });
}
