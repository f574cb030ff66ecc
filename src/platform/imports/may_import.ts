import { isNarrowed, type Principal, type Rights } from '../auth/principal.ts';
import { rightsOf } from '../auth/rights.ts';
import type { ImportKind } from './kind.ts';

/** Whether a caller who may import may import this kind of file. Records are of no service and of everybody: not for who is narrowed. */
export const mayImport = (caller: Principal, kind: ImportKind): boolean =>
  rightsOf(caller).some((rights) => hasScopeOf(kind, rights) && (kind.periodFormat !== undefined || !isNarrowed(rights)));

export const hasScopeOf = ({ scope }: ImportKind, { scopes }: Rights): boolean => scope === undefined || scopes.has(scope);
