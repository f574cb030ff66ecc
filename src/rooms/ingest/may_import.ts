import type { Principal } from '../../platform/auth/principal.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';

/** Whether a caller who may import may import this kind of file. Records are of no service and of everybody: not for who is narrowed. */
export const mayImport = ({ scopes, limits }: Principal, kind: ImportKind): boolean =>
  (kind.scope === undefined || scopes.has(kind.scope)) &&
  (kind.periodFormat !== undefined || (limits.serviceIds === null && limits.teamIds === null && limits.cities === null));
