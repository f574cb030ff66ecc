import { isNarrowed, type Principal } from '../auth/principal.ts';
import type { ImportKind } from './kind.ts';

/** Whether a caller who may import may import this kind of file. Records are of no service and of everybody: not for who is narrowed. */
export const mayImport = (caller: Principal, kind: ImportKind): boolean =>
  (kind.scope === undefined || caller.scopes.has(kind.scope)) && (kind.periodFormat !== undefined || !isNarrowed(caller));
