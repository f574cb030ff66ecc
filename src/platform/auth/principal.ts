import { departmentsWith, pairsOf, rightsOf } from './rights.ts';

/** Who is calling: a person signed in by name, a key, a browser signed in with a key, or the person at this machine's command line. */
export interface Principal {
  kind: 'user' | 'key' | 'session' | 'local';
  /** Id of the person or of the key. */
  id: string;
  /** Login of the person, or what the key is called. */
  name: string;
  role: string;
  scopes: ReadonlySet<string>;
  limits: Limits;
  /** Of who stands in for others: their own rights and those that each of the others lends, apart. Absent: scopes and limits are all. */
  rights?: readonly Rights[];
  /** Of the same: what is theirs for good, which is all that they can give to others. */
  own?: Rights;
  /** How the person is called and in which language they read; null for machines. */
  displayName: string | null;
  locale: string | null;
  /** The session that brought the request, when one did. */
  sessionId: string | null;
}

/** What may be done, and on what. */
export interface Rights {
  scopes: ReadonlySet<string>;
  limits: Limits;
}

/** What narrows a caller within their scopes; null: nothing does. */
export interface Limits {
  operations: readonly string[] | null;
  serviceIds: readonly number[] | null;
  teamIds: readonly number[] | null;
  cities: readonly string[] | null;
}

/** Whether a caller may see some services, teams or cities only. */
export const isNarrowed = (caller: Rights & Pick<Principal, 'rights'>): boolean =>
  rightsOf(caller).every(({ limits }) => limits.serviceIds !== null || limits.teamIds !== null || limits.cities !== null);

export const noLimits: Limits = { operations: null, serviceIds: null, teamIds: null, cities: null };

/** The scope that everybody has who is known, whatever their role: their own session, password and name. */
export const selfScope = 'self';

/** The scope without which personal columns are masked. It is no operation's: it widens what others show. */
export const personalScope = 'people:personal';

/** What there is to do, and whatever else a room may ask for. */
const everything: ReadonlySet<string> = Object.assign(
  new Set([
    ...['org', 'statistics', 'ingest', 'people', 'quality', 'admin'].flatMap((room) => [`${room}:read`, `${room}:write`]),
    personalScope,
    selfScope,
  ]),
  { has: () => true },
);

/** The person at the command line of the machine that holds the data directory; nothing is refused to them. */
export const localPrincipal: Principal = {
  kind: 'local',
  id: 'local',
  name: 'command line',
  role: 'admin',
  scopes: everything,
  limits: noLimits,
  displayName: null,
  locale: null,
  sessionId: null,
};

/** What the database is told of the caller: the row policies and masks go by it. */
export function callerSettings(principal: Principal): Record<string, string> {
  const { kind, id, limits } = principal;
  const rights = rightsOf(principal);
  const pairs = pairsOf(rights);
  const personal = departmentsWith(personalScope, rights);
  const list = (ids: readonly number[] | null): string => (ids === null ? 'all' : ids.join(','));
  return {
    'qh.services': list(limits.serviceIds),
    'qh.teams': list(limits.teamIds),
    // JSON, because the name of a city may hold a comma.
    'qh.cities': limits.cities === null ? 'all' : JSON.stringify(limits.cities),
    // Of two sets of rights, which services belong to which departments.
    'qh.pairs': pairs === null ? '' : JSON.stringify(pairs),
    'qh.personal': personal === null ? 'on' : '',
    'qh.personal_teams': personal === null ? '' : personal.join(','),
    'qh.user': kind === 'user' ? id : '',
  };
}
