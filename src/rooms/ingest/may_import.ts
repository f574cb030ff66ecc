import type { Principal } from '../../platform/auth/principal.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';

/** Whether a caller who may import may import this kind of file. */
export const mayImport = (principal: Principal, kind: ImportKind): boolean => kind.scope === undefined || principal.scopes.has(kind.scope);
