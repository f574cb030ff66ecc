import type { Limits, Principal, Rights } from './principal.ts';

/**
 * Rights of somebody who stands in for others: a few sets, each a pair of scopes and of what they hold on. They are never mixed: the
 * scopes of one on the services or departments of another would be more than either person may do.
 */

/** Each set of rights that a caller has; of most there is one. */
export const rightsOf = (caller: Pick<Principal, 'scopes' | 'limits' | 'rights'>): readonly Rights[] => caller.rights ?? [caller];

/** The caller with those of their sets of rights that allow something; null when none does. */
export function actingBy(caller: Principal, allows: (rights: Rights) => boolean): Principal | null {
  const held = rightsOf(caller).filter(allows);
  if (held.length === 0) return null;
  return held.length === rightsOf(caller).length && caller.rights === undefined ? caller : { ...caller, ...together(held), rights: held };
}

/** What is true of all sets at once: scopes that each has, and limits within which each object is some set's, seen by services or by departments alone. */
function together(held: readonly Rights[]): Rights {
  const [first, ...others] = held;
  return {
    scopes: new Set([...first!.scopes].filter((scope) => others.every(({ scopes }) => scopes.has(scope)))),
    limits: unionOf(held.map(({ limits }) => limits)),
  };
}

/** Departments whose people are seen; null: all. People are of no service: who is limited to services alone sees nobody. */
const departmentsOf = ({ serviceIds, teamIds }: Limits): readonly number[] | null => teamIds ?? (serviceIds === null ? null : []);

const isWithin = <T>(some: readonly T[] | null, all: readonly T[] | null): boolean =>
  all === null || (some !== null && some.every((item) => all.includes(item)));

const liesIn = (some: Limits, all: Limits): boolean =>
  isWithin(some.serviceIds, all.serviceIds) && isWithin(departmentsOf(some), departmentsOf(all)) && isWithin(some.cities, all.cities);

/** Sets that add nothing to another are left out. */
export function withoutNeedless(rights: readonly Rights[]): Rights[] {
  return rights.filter(
    (one, at) =>
      !rights.some(
        (other, place) =>
          place !== at &&
          liesIn(one.limits, other.limits) &&
          [...one.scopes].every((scope) => other.scopes.has(scope)) &&
          // Of two equal ones the first stays.
          (place < at || !(liesIn(other.limits, one.limits) && [...other.scopes].every((scope) => one.scopes.has(scope)))),
      ),
  );
}

const union = <T>(lists: readonly (readonly T[] | null)[]): readonly T[] | null =>
  lists.includes(null) ? null : [...new Set((lists as readonly (readonly T[])[]).flat())];

/** All services of the sets, and all departments: of what has a service and a person too, `pairsOf` says which belong together. */
export function unionOf(limits: readonly Limits[]): Limits {
  if (limits.length === 1) return limits[0]!;
  const whole = limits.find((one) => limits.every((other) => liesIn(other, one)));
  if (whole !== undefined) return whole;
  return {
    operations: null,
    serviceIds: union(limits.map(({ serviceIds }) => serviceIds)),
    teamIds: union(limits.map(departmentsOf)),
    cities: union(limits.map(({ cities }) => cities)),
  };
}

export interface Pair {
  /** Null: all. */
  services: readonly number[] | null;
  teams: readonly number[];
}

/** Which services belong to which departments, where the union alone would mix them; null where it does not. */
export function pairsOf(rights: readonly Rights[]): Pair[] | null {
  if (rights.length === 1) return null;
  const limits = rights.map((one) => one.limits);
  if (limits.some((one) => limits.every((other) => liesIn(other, one)))) return null;
  const same = (one: readonly number[] | null, other: readonly number[] | null): boolean => isWithin(one, other) && isWithin(other, one);
  const [first] = limits;
  if (limits.every(({ serviceIds }) => same(serviceIds, first!.serviceIds))) return null;
  if (limits.every((one) => same(departmentsOf(one), departmentsOf(first!)))) return null;
  return limits.map((one) => ({ services: one.serviceIds, teams: departmentsOf(one) ?? [] }));
}

/** Departments whose people a scope holds on: all (null) when the sets without it add nobody. */
export function departmentsWith(scope: string, rights: readonly Rights[]): readonly number[] | null {
  if (rights.length === 1) return rights[0]!.scopes.has(scope) ? null : [];
  const departments = (sets: readonly Rights[]) => union(sets.map(({ limits }) => departmentsOf(limits)));
  const having = rights.filter(({ scopes }) => scopes.has(scope));
  if (having.length === 0) return [];
  const theirs = departments(having);
  return having.length === rights.length || isWithin(departments(rights), theirs) ? null : theirs;
}
