import type { Principal } from './principal.ts';

/** What a caller is told about themselves; the answer of admin.whoami and of signing in. */
export function callerRecord({ kind, id, name, role, scopes, limits, displayName, locale, sessionId }: Principal) {
  return {
    kind,
    id,
    name,
    display_name: displayName ?? name,
    role,
    scopes: [...scopes].toSorted(),
    operations: limits.operations === null ? null : [...limits.operations],
    service_ids: limits.serviceIds === null ? null : [...limits.serviceIds],
    team_ids: limits.teamIds === null ? null : [...limits.teamIds],
    cities: limits.cities === null ? null : [...limits.cities],
    locale,
    session_id: sessionId,
  };
}
