import { randomBytes } from 'node:crypto';
import type { Db, Tx } from '../db/pool.ts';
import { QhError } from '../errors.ts';
import type { Keys } from './keys.ts';
import type { Principal } from './principal.ts';
import type { Users } from './users.ts';

export const sessionCookie = 'qh_session';
export const sessionHours = 12;
const lifetimeMs = 2_000;

interface StoredSession {
  session_id: string;
  key_id: string | null;
  user_id: string | null;
}

/** Where a browser signs in from, for the list of sessions. */
export interface Browser {
  address: string;
  userAgent: string;
}

/** What somebody shows who signs in: a key, or login and password. */
export type Credentials = { key: string } | { login: string; password: string };

/** Sessions of the web page: the browser holds a random secret in an http-only cookie, the database its hash. */
export class Sessions {
  readonly #db: Db;
  readonly #keys: Keys;
  readonly #users: Users;
  /** Verified sessions by the hexadecimal of their hash, for two seconds and until a change is announced. */
  readonly #known = new Map<string, { session: StoredSession; until: number }>();
  readonly #seen = new Set<string>();

  constructor(db: Db, keys: Keys, users: Users) {
    this.#db = db;
    this.#keys = keys;
    this.#users = users;
  }

  async open(credentials: Credentials, browser: Browser): Promise<{ secret: string; principal: Principal }> {
    const principal =
      'key' in credentials
        ? await this.#keys.verify(credentials.key)
        : await this.#users.signIn(credentials.login, credentials.password, browser.address);
    const secret = randomBytes(32).toString('base64url');
    const sessionId = randomBytes(8).toString('hex');
    await this.#db.query(
      `with expired as (delete from platform.sessions where expires_at < platform.now())
       insert into platform.sessions (session_hash, session_id, key_id, user_id, created_at, expires_at, last_seen_at, address, user_agent)
       values ($1, $2, $3, $4, platform.now(), platform.now() + make_interval(hours => $5), platform.now(), $6, $7)`,
      [
        this.#keys.hash(secret),
        sessionId,
        principal.kind === 'user' ? null : principal.id,
        principal.kind === 'user' ? principal.id : null,
        sessionHours,
        browser.address.slice(0, 100),
        browser.userAgent.slice(0, 300),
      ],
    );
    return { secret, principal: { ...principal, kind: principal.kind === 'user' ? 'user' : 'session', sessionId } };
  }

  async verify(secret: string): Promise<Principal> {
    const session = await this.#find(this.#keys.hash(secret));
    this.#seen.add(session.session_id);
    return session.user_id === null
      ? this.#keys.principal(session.key_id!, session.session_id)
      : this.#users.principal(session.user_id, session.session_id);
  }

  async #find(hash: Buffer): Promise<StoredSession> {
    const name = hash.toString('hex');
    const cached = this.#known.get(name);
    const time = performance.now();
    if (cached !== undefined && cached.until > time) return cached.session;
    const [session] = await this.#db.query<StoredSession>(
      'select session_id, key_id, user_id from platform.sessions where session_hash = $1 and expires_at > platform.now()',
      [hash],
    );
    if (session === undefined) throw new QhError('unauthorized', 'The session has ended.', { hint: 'Sign in again.' });
    if (this.#known.size >= 10_000) this.#known.clear();
    this.#known.set(name, { session, until: time + lifetimeMs });
    return session;
  }

  /** Ends the session of this secret; tells whose it was. */
  async close(secret: string): Promise<Principal | null> {
    const principal = await this.verify(secret).catch(() => null);
    const hash = this.#keys.hash(secret);
    this.#known.delete(hash.toString('hex'));
    await this.#db.query('delete from platform.sessions where session_hash = $1 returning platform.announce_access()', [hash]);
    return principal;
  }

  /** Open sessions, of everybody or of one person or key. */
  async list(ownerId: string | null): Promise<Record<string, unknown>[]> {
    const rows = await this.#db.query<{ session: Record<string, unknown> }>(
      `select json_build_object('session_id', s.session_id, 'user_id', s.user_id, 'key_id', s.key_id, 'name', coalesce(u.display_name, k.name),
         'login', u.login, 'address', s.address, 'user_agent', s.user_agent, 'created_at', s.created_at, 'expires_at', s.expires_at,
         'last_seen_at', s.last_seen_at) as session
       from platform.sessions s
       left join platform.users u on u.user_id = s.user_id
       left join platform.api_keys k on k.key_id = s.key_id
       where s.expires_at > platform.now() and ($1::text is null or coalesce(s.user_id, s.key_id) = $1)`,
      [ownerId],
    );
    return rows.map((row) => row.session);
  }

  /** Ends a session; of somebody else only when no owner is given. */
  async revoke(sessionId: string, ownerId: string | null, tx: Tx): Promise<void> {
    const rows = await tx.query(
      `delete from platform.sessions where session_id = $1 and ($2::text is null or coalesce(user_id, key_id) = $2)
       returning session_id, platform.announce_access()`,
      [sessionId, ownerId],
    );
    if (rows.length === 0) throw new QhError('not_found', `There is no session ${sessionId}.`, { hint: 'admin.sessions lists those that are open.' });
    this.#known.clear();
  }

  /** Writes down which sessions were used since the last time. */
  async saveUse(): Promise<void> {
    const seen = [...this.#seen];
    this.#seen.clear();
    if (seen.length > 0) await this.#db.query('update platform.sessions set last_seen_at = platform.now() where session_id = any ($1)', [seen]);
  }

  forget(): void {
    this.#known.clear();
  }
}
