import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Db } from '../db/pool.ts';
import { now } from '../clock/clock.ts';
import { QhError } from '../errors.ts';
import { scopesOfRole, type Principal, type Role } from './principal.ts';

/** A key as it is stored; the secret itself is never kept. */
export interface StoredKey {
  key_id: string;
  secret_hash: Buffer;
  name: string;
  role: Role;
  expires_at: Date | null;
  revoked_at: Date | null;
}

export interface ListedKey {
  key_id: string;
  name: string;
  role: Role;
  created_by: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
}

const keyPattern = /^qh_([A-Za-z0-9-]{1,128})_([A-Za-z0-9_-]+)$/;
const lifetimeMs = 2_000;

/**
 * Keys of machines, and of people until they sign in by name. A key is `qh_<id>_<secret>`: found by its id,
 * compared by HMAC-SHA-256 in constant time (some 10 µs; a slow hash is for what people choose themselves).
 */
export class Keys {
  readonly #db: Db;
  readonly #pepper: Buffer;
  /** Looked-up keys for two seconds, so that a busy key costs no query; revoking clears it on this node at once. */
  readonly #known = new Map<string, { key: StoredKey; until: number }>();
  readonly #used = new Map<string, Date>();

  constructor(db: Db, pepper: Buffer) {
    this.#db = db;
    this.#pepper = pepper;
  }

  /** Who presents this key; an error that does not tell which part was wrong otherwise. */
  async verify(presented: string): Promise<Principal> {
    const parts = keyPattern.exec(presented);
    const stored = parts === null ? undefined : await this.find(parts[1]!);
    const matches = stored !== undefined && timingSafeEqual(this.hash(presented), stored.secret_hash);
    if (!matches) throw new QhError('unauthorized', 'The API key is not known.');
    requireAlive(stored);
    this.#used.set(stored.key_id, now());
    return principalOf(stored, 'key');
  }

  async find(keyId: string): Promise<StoredKey | undefined> {
    const cached = this.#known.get(keyId);
    const time = performance.now();
    if (cached !== undefined && cached.until > time) return cached.key;
    const [key] = await this.#db.query<StoredKey>(
      'select key_id, secret_hash, name, role, expires_at, revoked_at from platform.api_keys where key_id = $1',
      [keyId],
    );
    if (key === undefined) return undefined;
    if (this.#known.size >= 10_000) this.#known.clear();
    this.#known.set(keyId, { key, until: time + lifetimeMs });
    return key;
  }

  /** Makes a key and gives it back; this is the only time that it can be seen. */
  async create(wanted: { name: string; role: Role; expires_at?: Date | null; created_by: string }): Promise<{ key_id: string; key: string }> {
    const keyId = randomBytes(6).toString('hex');
    const key = `qh_${keyId}_${randomBytes(32).toString('base64url')}`;
    await this.#insert(keyId, key, wanted);
    return { key_id: keyId, key };
  }

  /** Stores a key that somebody else made (QH_ADMIN_KEY), replacing its hash when the key has changed. */
  async preset(key: string, name: string): Promise<void> {
    const keyId = keyPattern.exec(key)?.[1];
    if (keyId === undefined)
      throw new QhError('bad_request', 'QH_ADMIN_KEY is not of the form qh_<id>_<secret>.', { hint: '<id> has no underscore; at least 32 characters of A-Z a-z 0-9 _ - follow qh_.' });
    await this.#insert(keyId, key, { name, role: 'admin', created_by: 'QH_ADMIN_KEY' });
  }

  async #insert(keyId: string, key: string, wanted: { name: string; role: Role; expires_at?: Date | null; created_by: string }) {
    await this.#db.query(
      `insert into platform.api_keys (key_id, secret_hash, name, role, created_by, created_at, expires_at)
       values ($1, $2, $3, $4, $5, platform.now(), $6)
       on conflict (key_id) do update set secret_hash = excluded.secret_hash, revoked_at = null`,
      [keyId, this.hash(key), wanted.name, wanted.role, wanted.created_by, wanted.expires_at ?? null],
    );
    this.#known.delete(keyId);
  }

  /** All keys without their secrets; moments in ISO 8601. */
  async list(): Promise<ListedKey[]> {
    const rows = await this.#db.query<{ key: ListedKey }>(
      `select json_build_object('key_id', key_id, 'name', name, 'role', role, 'created_by', created_by, 'created_at', created_at,
         'expires_at', expires_at, 'revoked_at', revoked_at, 'last_used_at', last_used_at) as key
       from platform.api_keys`,
    );
    return rows.map((row) => row.key);
  }

  async revoke(keyId: string): Promise<void> {
    const rows = await this.#db.query(
      'update platform.api_keys set revoked_at = coalesce(revoked_at, platform.now()) where key_id = $1 returning key_id',
      [keyId],
    );
    this.#known.delete(keyId);
    if (rows.length === 0) throw new QhError('not_found', `There is no key ${keyId}.`, { hint: 'List the keys with: qh keys list' });
  }

  /** Writes down when keys were last used; called now and then, since the moment need not be exact. */
  async saveUse(): Promise<void> {
    const used = [...this.#used];
    this.#used.clear();
    if (used.length === 0) return;
    await this.#db.query(
      `update platform.api_keys as k set last_used_at = greatest(k.last_used_at, u.at)
       from unnest($1::text[], $2::timestamptz[]) as u (key_id, at) where u.key_id = k.key_id`,
      [used.map(([id]) => id), used.map(([, at]) => at)],
    );
  }

  /** The keyed hash under which a secret is stored. */
  hash(secret: string): Buffer {
    return createHmac('sha256', this.#pepper).update(secret).digest();
  }
}

/** Refuses a key that has been revoked or has expired. */
export function requireAlive(key: StoredKey): void {
  if (key.revoked_at !== null) throw new QhError('unauthorized', `The API key ${key.key_id} has been revoked.`);
  if (key.expires_at !== null && key.expires_at <= now()) throw new QhError('unauthorized', `The API key ${key.key_id} has expired.`);
}

export function principalOf(key: StoredKey, kind: 'key' | 'session'): Principal {
  return { kind, id: key.key_id, name: key.name, role: key.role, scopes: new Set(scopesOfRole[key.role]) };
}
