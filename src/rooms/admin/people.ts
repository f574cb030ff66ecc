import type { Access } from '../../platform/auth/access.ts';
import { callerRecord } from '../../platform/auth/caller_record.ts';
import { implement, type Context, type Implemented } from '../../platform/contract/implement.ts';
import type { OutputOf } from '../../platform/contract/operation.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { pageOf } from '../../platform/contract/page.ts';
import { rightsOf } from '../../platform/auth/rights.ts';
import { requireNoMore } from '../../platform/auth/require_no_more.ts';
import { isNarrowed, personalScope, type Principal } from '../../platform/auth/principal.ts';
import { QhError } from '../../platform/errors.ts';
import * as contract from './contract.ts';

type User = OutputOf<typeof contract.updateUser>;

/** The operations on people, sessions and roles. `scopes`: every scope that some operation asks for. */
export function peopleOperations(
  { roles, users, sessions }: Pick<Access, 'roles' | 'users' | 'sessions'>,
  scopes: ReadonlySet<string>,
): Implemented[] {
  const all = async (tx?: Tx): Promise<User[]> => (await users.list(tx)) as User[];
  const one = async (userId: string, tx?: Tx): Promise<User | undefined> => (await all(tx)).find((user) => user.user_id === userId);
  const update = (effect: Context['effect'], userId: string, change: Parameters<Access['users']['update']>[2]): Promise<User> =>
    effect(async (tx) => {
      await users.update(tx, userId, change);
      return (await one(userId, tx))!;
    });
  /** Whoever changes somebody, or makes a link to sign in as them, has at least their rights. */
  const requireOwn = async (
    giver: Principal,
    userId: string,
    change: { role?: string; service_ids?: number[] | null; team_ids?: number[] | null } = {},
  ): Promise<void> => {
    const user = await one(userId);
    if (user === undefined) return;
    requireNoMore(giver, await roles.scopesOf(user.role), asLimits(user, giver));
    requireNoMore(giver, await roles.scopesOf(await roles.resolve(change.role ?? user.role)), asLimits({ ...user, ...change }, giver));
  };
  return [
    implement(contract.whoami, async (_input, { principal }) => callerRecord(principal)),
    implement(contract.sessions, async ({ all: everybody = false, ...page }, { principal }) => {
      if (everybody && !principal.scopes.has('admin:read'))
        throw new QhError('forbidden', 'The sessions of others are for administrators.', { hint: 'Leave `all` out to see your own.' });
      const found = await sessions.list(everybody ? null : principal.id);
      return pageOf(
        contract.sessions,
        found.map((session) => Object.assign(session, { is_current: session.session_id === principal.sessionId })),
        page,
      );
    }),
    implement(contract.revokeSession, ({ session_id }, { principal, effect }) =>
      effect(async (tx) => {
        await sessions.revoke(
          session_id,
          rightsOf(principal).some((rights) => rights.scopes.has('admin:write') && !isNarrowed(rights)) ? null : principal.id,
          tx,
        );
        return { session_id, revoked: true };
      }),
    ),
    implement(contract.users, async ({ search, status, role, ...page }, { principal }) => {
      const word = search?.toLowerCase();
      const wanted = role === undefined ? undefined : await roles.resolve(role);
      const found = (await all())
        .map((user) => shownTo(principal, user))
        .filter(
          (user) =>
            (status === undefined || user.status === status) &&
            (wanted === undefined || user.role === wanted) &&
            (word === undefined || [user.login, user.display_name, user.email ?? ''].some((text) => text.toLowerCase().includes(word))),
        );
      return pageOf(contract.users, found, page);
    }),
    implement(contract.inviteUser, async (input, { principal, effect }) => {
      requireNoMore(principal, await roles.scopesOf(await roles.resolve(input.role)), asLimits(input, principal));
      return effect((tx) => users.invite(tx, input, principal.id));
    }),
    implement(contract.resetUser, async ({ user_id }, { principal, effect }) => {
      await requireOwn(principal, user_id);
      return effect((tx) => users.reset(tx, user_id, principal.id));
    }),
    implement(contract.unlockUser, async ({ user_id }, { principal, effect }) => {
      await requireOwn(principal, user_id);
      return effect(async (tx) => {
        await users.unlock(tx, user_id);
        return shownTo(principal, (await one(user_id, tx))!);
      });
    }),
    implement(contract.updateUser, async ({ user_id, ...change }, { principal, effect }) => {
      if (principal.kind === 'user' && principal.id === user_id && (change.is_disabled === true || change.role !== undefined))
        throw new QhError('conflict', 'Nobody can take their own role or access away.', { hint: 'Ask another administrator.' });
      await requireOwn(principal, user_id, change);
      const user = await update(effect, user_id, change);
      users.forget();
      sessions.forget();
      return shownTo(principal, user);
    }),
    implement(contract.updateProfile, async (change, { principal, effect }) => {
      if (principal.kind !== 'user') throw new QhError('forbidden', 'Only people have a profile.', { hint: 'Sign in by login and password.' });
      const user = await update(effect, principal.id, change);
      users.forget();
      return user;
    }),
    implement(contract.invitation, async ({ token }) => (await users.invitation(token)) as OutputOf<typeof contract.invitation>),
    implement(contract.acceptInvitation, ({ token, password }, { effect }) => users.accept(token, password, effect)),
    implement(contract.changePassword, async ({ current_password, new_password }, { principal, effect }) => {
      const done = await users.changePassword(principal, current_password, new_password, effect);
      sessions.forget();
      return done;
    }),
    implement(contract.roles, () => roles.list()),
    implement(contract.updateRole, async ({ role, ...change }, { principal, effect }) => {
      const present = await roles.scopesOf(role);
      requireNoMore(
        principal,
        (change.scopes ?? []).filter((scope) => !present.has(scope)),
        null,
      );
      const changed = await effect((tx) => roles.update(tx, role, change, scopes));
      roles.forget();
      return changed;
    }),
  ];
}

/** The address of others is shown whole to those alone who may see what is personal; nor is it found by them. */
const shownTo = ({ id, scopes }: Principal, user: User): User =>
  user.email === null || user.user_id === id || scopes.has(personalScope) ? user : { ...user, email: `${user.email.slice(0, 1)}***@…` };

/** People are limited in services and teams alone; a giver who is limited in operations or cities too cannot give that on. */
function asLimits({ service_ids, team_ids }: { service_ids?: number[] | null; team_ids?: number[] | null }, { limits }: Principal) {
  if (limits.operations !== null || limits.cities !== null)
    throw new QhError('forbidden', 'A key that is limited to operations or cities changes no people.', {
      hint: 'Use a key or person without that limit.',
    });
  return { operations: null, cities: null, service_ids: service_ids ?? null, team_ids: team_ids ?? null };
}
