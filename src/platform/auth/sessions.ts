import { randomBytes } from 'node:crypto';
import type { Db } from '../db/pool.ts';
import { QhError } from '../errors.ts';
import { principalOf, requireAlive, type Keys } from './keys.ts';
import type { Principal } from './principal.ts';

export const sessionCookie = 'qh_session';
export const sessionHours = 12;

/** Sessions of the web page: the browser holds a random secret in an http-only cookie, the database its hash. */
export class Sessions {
  readonly #db: Db;
  readonly #keys: Keys;

  constructor(db: Db, keys: Keys) {
    this.#db = db;
    this.#keys = keys;
  }

  async open(key: string): Promise<{ secret: string; principal: Principal }> {
    const principal = { ...(await this.#keys.verify(key)), kind: 'session' as const };
    const secret = randomBytes(32).toString('base64url');
    await this.#db.query(
      `with expired as (delete from platform.sessions where expires_at < platform.now())
       insert into platform.sessions (session_hash, key_id, created_at, expires_at)
       values ($1, $2, platform.now(), platform.now() + make_interval(hours => $3))`,
      [this.#keys.hash(secret), principal.id, sessionHours],
    );
    return { secret, principal };
  }

  async verify(secret: string): Promise<Principal> {
    const [session] = await this.#db.query<{ key_id: string }>(
      'select key_id from platform.sessions where session_hash = $1 and expires_at > platform.now()',
      [this.#keys.hash(secret)],
    );
    const key = session === undefined ? undefined : await this.#keys.find(session.key_id);
    if (key === undefined) throw new QhError('unauthorized', 'The session has ended.', { hint: 'Sign in again.' });
    requireAlive(key);
    return principalOf(key, 'session');
  }

  async close(secret: string): Promise<void> {
    await this.#db.query('delete from platform.sessions where session_hash = $1', [this.#keys.hash(secret)]);
  }
}
