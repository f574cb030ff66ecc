import { randomBytes } from 'node:crypto';
import { now } from '../clock/clock.ts';
import type { Db, Tx } from '../db/pool.ts';
import { QhError } from '../errors.ts';
import { hashPassword, isPassword, requireGoodPassword } from './passwords.ts';
import type { Limits, Principal, Rights } from './principal.ts';
import { unionOf, withoutNeedless } from './rights.ts';
import type { Roles } from './roles.ts';

/** A person as needed to let them in. */
interface StoredUser {
  user_id: string;
  login: string;
  display_name: string;
  password_hash: string | null;
  role: string;
  service_ids: number[] | null;
  team_ids: number[] | null;
  locale: string;
  status: 'invited' | 'active' | 'disabled';
}

export interface UserFields {
  display_name?: string;
  email?: string | null;
  role?: string;
  locale?: string;
  service_ids?: number[] | null;
  team_ids?: number[] | null;
}

const columns = 'user_id, login, display_name, password_hash, role, service_ids, team_ids, locale, status';
const lifetimeMs = 2_000;
const invitationHours = 72;
const resetHours = 24;

/** A login as it is kept and compared: without regard to case and form. */
const plainLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase();

/** What somebody for whom a person stands in lends them: a role, on services and departments. Handed over by app: platform knows no organisation. */
export interface Lent {
  role: string;
  service_ids: number[] | null;
  team_ids: number[] | null;
}
export type InheritedRoles = (userId: string, db: Db) => Promise<Lent[]>;

interface Known {
  user: StoredUser;
  own: Rights;
  /** Their own and what is lent to them, without what adds nothing. */
  rights: readonly Rights[];
}

/** People who sign in as themselves. */
export class Users {
  readonly #db: Db;
  readonly #roles: Roles;
  readonly #hash: (secret: string) => Buffer;
  readonly #inherited: InheritedRoles;
  readonly #known = new Map<string, Known & { until: number }>();

  constructor(db: Db, roles: Roles, hash: (secret: string) => Buffer, inherited: InheritedRoles = async () => []) {
    this.#db = db;
    this.#roles = roles;
    this.#hash = hash;
    this.#inherited = inherited;
  }

  /** Lets somebody in by login and password. Who is refused does not learn whether the login exists. */
  async signIn(login: string, password: string, address: string): Promise<Principal> {
    const plain = plainLogin(login);
    await this.#begin(plain, address);
    const [user] = await this.#db.query<StoredUser>(`select ${columns} from platform.users where login = $1`, [plain]);
    const isRight = await isPassword(password, user?.password_hash ?? null);
    if (user === undefined || !isRight || user.status !== 'active')
      throw new QhError('unauthorized', 'Login or password is wrong.', {
        hint: 'After five failures a login is locked for some minutes; an administrator can send a new link.',
      });
    await this.#db.query('select platform.end_sign_in($1, $2)', [plain, address]);
    await this.#db.query('update platform.users set last_sign_in_at = platform.now() where user_id = $1', [user.user_id]);
    return principalOf(await this.#present(user), null);
  }

  async #begin(login: string, address: string): Promise<void> {
    const [row] = await this.#db.query<{ wait: number }>('select platform.begin_sign_in($1, $2) as wait', [login.slice(0, 200), address]);
    if (row!.wait > 0)
      throw new QhError('too_many_requests', `Too many failed attempts; the next is taken in ${row!.wait} seconds.`, {
        retryAfterSeconds: row!.wait,
      });
  }

  /** The person of a session; refused from the moment that they are disabled. */
  async principal(userId: string, sessionId: string): Promise<Principal> {
    const time = performance.now();
    let known = this.#known.get(userId);
    if (known === undefined || known.until <= time) {
      const [user] = await this.#db.query<StoredUser>(`select ${columns} from platform.users where user_id = $1`, [userId]);
      if (user === undefined || user.status !== 'active') throw new QhError('unauthorized', 'The session has ended.', { hint: 'Sign in again.' });
      if (this.#known.size >= 10_000) this.#known.clear();
      known = { ...(await this.#present(user)), until: time + lifetimeMs };
      this.#known.set(userId, known);
    }
    return principalOf(known, sessionId);
  }

  /** With what they have today besides their own. */
  async #present(user: StoredUser): Promise<Known> {
    const own = { scopes: await this.#roles.scopesOf(user.role), limits: limitsOf(user) };
    const lent = await this.#inherited(user.user_id, this.#db);
    const sets = lent.map(async (one) => ({ scopes: withoutAdmin(await this.#roles.scopesOf(one.role)), limits: limitsOf(one) }));
    return { user, own, rights: withoutNeedless([own, ...(await Promise.all(sets))]) };
  }

  /** Adds a person and the link by which they set their password; the token is shown this once. */
  async invite(tx: Tx, wanted: UserFields & { login: string; role: string }, createdBy: string) {
    const userId = `u${randomBytes(6).toString('hex')}`;
    const login = plainLogin(wanted.login);
    const rows = await tx.query(
      `insert into platform.users (user_id, login, display_name, email, role, service_ids, team_ids, locale, status, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'invited', $9, platform.now())
       on conflict (login) do nothing returning user_id`,
      [
        userId,
        login,
        wanted.display_name ?? wanted.login.trim(),
        wanted.email ?? null,
        await this.#roles.resolve(wanted.role),
        wanted.service_ids ?? null,
        wanted.team_ids ?? null,
        wanted.locale ?? 'en',
        createdBy,
      ],
    );
    if (rows.length === 0)
      throw new QhError('conflict', `There is somebody with the login ${login} already.`, {
        hint: 'Choose another login, or send that person a new link.',
      });
    return { user_id: userId, login, ...(await this.#addToken(tx, userId, 'invitation', createdBy)) };
  }

  /** Makes a new link for somebody who lost theirs or forgot the password; earlier links end, and so does a lock. */
  async reset(tx: Tx, userId: string, createdBy: string) {
    const user = await this.#require(tx, userId);
    if (user.status === 'disabled') throw new QhError('conflict', `${user.login} is disabled.`, { hint: 'Enable the person first.' });
    await tx.query(
      'update platform.invitations set expires_at = platform.now() where user_id = $1 and used_at is null and expires_at > platform.now()',
      [userId],
    );
    await this.#endLock(tx, user);
    return {
      user_id: userId,
      login: user.login,
      ...(await this.#addToken(tx, userId, user.status === 'invited' ? 'invitation' : 'reset', createdBy)),
    };
  }

  /** Ends the lock after failed sign-ins; the password stays. */
  async unlock(tx: Tx, userId: string): Promise<void> {
    await this.#endLock(tx, await this.#require(tx, userId));
  }

  async #endLock(tx: Tx, { login }: StoredUser): Promise<void> {
    await tx.query('delete from platform.sign_in_failures where subject = $1', [`login:${login}`]);
  }

  async #addToken(tx: Tx, userId: string, purpose: 'invitation' | 'reset', createdBy: string) {
    const token = randomBytes(32).toString('base64url');
    const [row] = await tx.query<{ expires_at: Date }>(
      `insert into platform.invitations (token_hash, user_id, purpose, created_by, created_at, expires_at)
       values ($1, $2, $3, $4, platform.now(), platform.now() + make_interval(hours => $5)) returning expires_at`,
      [this.#hash(token), userId, purpose, createdBy, purpose === 'reset' ? resetHours : invitationHours],
    );
    // Behind the #, so that it stands in no server's log.
    return { token, link: `/accept#${token}`, expires_at: row!.expires_at.toISOString() };
  }

  /** Whom a link is for, while it holds. */
  async invitation(token: string, tx: Pick<Tx, 'query'> = this.#db) {
    const [found] = await tx.query<{ user_id: string; login: string; display_name: string; purpose: string; expires_at: Date; locale: string }>(
      `select u.user_id, u.login, u.display_name, u.locale, i.purpose, i.expires_at
       from platform.invitations i join platform.users u on u.user_id = i.user_id
       where i.token_hash = $1 and i.used_at is null and i.expires_at > platform.now() and u.status <> 'disabled'`,
      [this.#hash(token)],
    );
    if (found === undefined)
      throw new QhError('not_found', 'This link has been used, has expired, or was never made.', { hint: 'Ask an administrator for a new one.' });
    return { ...found, expires_at: found.expires_at.toISOString() };
  }

  /** Sets the password by a link: the link ends, and every session of the person with it. */
  async accept(token: string, password: string, effect: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>) {
    const { login } = await this.invitation(token);
    requireGoodPassword(password, login);
    const hash = await hashPassword(password);
    return effect(async (tx) => {
      const { user_id } = await this.invitation(token, tx);
      // Two at the same moment: the second finds the row changed.
      const used = await tx.query(
        'update platform.invitations set used_at = platform.now() where token_hash = $1 and used_at is null returning user_id',
        [this.#hash(token)],
      );
      if (used.length === 0) throw new QhError('not_found', 'This link has been used.', { hint: 'Sign in, or ask an administrator for a new one.' });
      await this.#setPassword(tx, user_id, hash, null);
      return { user_id, login };
    });
  }

  /** Changes one's own password; other sessions of the person end, this one goes on. */
  async changePassword(principal: Principal, current: string, password: string, effect: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>) {
    const [user] = await this.#db.query<StoredUser>(`select ${columns} from platform.users where user_id = $1`, [principal.id]);
    if (principal.kind !== 'user' || user === undefined)
      throw new QhError('forbidden', 'Only people have a password.', { hint: 'Sign in by login and password.' });
    await this.#begin(user.login, `password of ${user.user_id}`);
    if (!(await isPassword(current, user.password_hash))) {
      const rule = 'is not the present password';
      throw new QhError('bad_request', `current_password: ${rule}`, { errors: [{ path: 'current_password', rule }] });
    }
    await this.#db.query('select platform.end_sign_in($1, $2)', [user.login, `password of ${user.user_id}`]);
    requireGoodPassword(password, user.login);
    const hash = await hashPassword(password);
    return effect(async (tx) => {
      await this.#setPassword(tx, user.user_id, hash, principal.sessionId);
      return { user_id: user.user_id, changed: true };
    });
  }

  async #setPassword(tx: Tx, userId: string, hash: string, keptSession: string | null): Promise<void> {
    await tx.query(
      `with ended as (delete from platform.sessions where user_id = $1 and session_id is distinct from $3)
       update platform.users set password_hash = $2, status = 'active', password_changed_at = platform.now() where user_id = $1`,
      [userId, hash, keptSession],
    );
    await tx.query('select platform.announce_access()');
  }

  /** Changes who somebody is or what they may do; a disabled person is out at once, everywhere. */
  async update(tx: Tx, userId: string, change: UserFields & { is_disabled?: boolean }): Promise<void> {
    const user = await this.#require(tx, userId);
    const role = change.role === undefined ? user.role : await this.#roles.resolve(change.role);
    const status =
      change.is_disabled === undefined ? user.status : change.is_disabled ? 'disabled' : user.password_hash === null ? 'invited' : 'active';
    const given = <T>(value: T | undefined, former: T): T => (value === undefined ? former : value);
    await tx.query(
      `update platform.users set display_name = coalesce($2, display_name), email = case when $3 then $4 else email end, role = $5,
         locale = coalesce($6, locale), service_ids = $7, team_ids = $8, status = $9
       where user_id = $1`,
      [
        userId,
        change.display_name ?? null,
        change.email !== undefined,
        change.email ?? null,
        role,
        change.locale ?? null,
        given(change.service_ids, user.service_ids),
        given(change.team_ids, user.team_ids),
        status,
      ],
    );
    if (status === 'disabled') await tx.query('delete from platform.sessions where user_id = $1', [userId]);
    await tx.query('select platform.announce_access()');
  }

  async #require(tx: Tx, userId: string): Promise<StoredUser> {
    const [user] = await tx.query<StoredUser>(`select ${columns} from platform.users where user_id = $1 for update`, [userId]);
    if (user === undefined) throw new QhError('not_found', `There is no user ${userId}.`, { hint: 'admin.users lists them.' });
    return user;
  }

  /** The id behind a login, for the command line. */
  async idOf(login: string): Promise<string> {
    const [user] = await this.#db.query<{ user_id: string }>('select user_id from platform.users where login = $1 or user_id = $1', [
      plainLogin(login),
    ]);
    if (user === undefined) throw new QhError('not_found', `There is nobody with the login ${login}.`, { hint: 'List them with: qh users list' });
    return user.user_id;
  }

  /** People without what is secret; whether a login is locked is known by now, not stored. */
  async list(tx: Pick<Tx, 'query'> = this.#db): Promise<Record<string, unknown>[]> {
    const rows = await tx.query<{ user: Record<string, unknown> }>(
      `select json_build_object('user_id', u.user_id, 'login', u.login, 'display_name', u.display_name, 'email', u.email, 'role', u.role,
         'service_ids', u.service_ids, 'team_ids', u.team_ids, 'locale', u.locale,
         'status', case when u.status = 'active' and f.locked_until > $1 then 'locked' else u.status end,
         'locked_until', case when f.locked_until > $1 then f.locked_until end,
         'invitation_expires_at', i.expires_at, 'created_by', u.created_by, 'created_at', u.created_at, 'last_sign_in_at', u.last_sign_in_at) as user
       from platform.users u
       left join platform.sign_in_failures f on f.subject = 'login:' || u.login
       left join lateral (select max(i.expires_at) as expires_at from platform.invitations i
         where i.user_id = u.user_id and i.used_at is null and i.expires_at > $1) i on true`,
      [now()],
    );
    return rows.map((row) => row.user);
  }

  forget(): void {
    this.#known.clear();
  }
}

const limitsOf = ({ service_ids, team_ids }: Pick<Lent, 'service_ids' | 'team_ids'>): Limits => ({
  operations: null,
  serviceIds: service_ids,
  teamIds: team_ids,
  cities: null,
});

/** Administration is not lent, whichever role has it. */
const withoutAdmin = (scopes: ReadonlySet<string>): ReadonlySet<string> => new Set([...scopes].filter((scope) => !scope.startsWith('admin:')));

function principalOf({ user, own, rights }: Known, sessionId: string | null): Principal {
  return {
    kind: 'user',
    id: user.user_id,
    name: user.login,
    role: user.role,
    // As they are told of themselves; an operation is done with those rights that allow it.
    scopes: new Set(rights.flatMap(({ scopes }) => [...scopes])),
    limits: unionOf(rights.map(({ limits }) => limits)),
    ...(rights.length === 1 ? {} : { rights, own }),
    displayName: user.display_name,
    locale: user.locale,
    sessionId,
  };
}
