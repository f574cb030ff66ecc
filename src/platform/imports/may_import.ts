import { isNarrowed, type Principal, type Rights } from '../auth/principal.ts';
import { rightsOf } from '../auth/rights.ts';
import { QhError } from '../errors.ts';
import type { ImportKind } from './kind.ts';

/** Whether a caller who may import may import this kind of file. Records are of no service and of everybody: not for who is narrowed. */
export const mayImport = (caller: Principal, kind: ImportKind): boolean =>
  rightsOf(caller).some((rights) => hasScopeOf(kind, rights) && (kind.periodFormat !== undefined || !isNarrowed(rights)));

const hasScopeOf = ({ scope }: ImportKind, { scopes }: Rights): boolean => scope === undefined || scopes.has(scope);

/** Refuses a kind that the caller may not import, with the reason. */
export function requireImport(caller: Principal, kind: ImportKind): void {
  if (!rightsOf(caller).some((rights) => hasScopeOf(kind, rights)))
    throw new QhError('forbidden', `The layout ${kind.name} needs a scope that this key does not have: ${kind.scope}.`);
  if (!mayImport(caller, kind))
    throw new QhError('forbidden', `Rows of ${kind.name} are of no one service; you may see some services, teams or cities only.`, {
      hint: 'Somebody whom nothing narrows can send the file. What is yours can be posted row by row where an operation takes rows.',
    });
}
