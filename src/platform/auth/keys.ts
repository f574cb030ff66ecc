import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Db, Tx } from '../db/pool.ts';
import { now } from '../clock/clock.ts';
import { QhError } from '../errors.ts';
import { KeyedHash } from './keyed_hash.ts';
import type { Principal } from './principal.ts';
import { Roles } from './roles.ts';

/** A key as it is stored; the secret itself is never kept. */
interface StoredKey {
  key_id: string;
  secret_hash: Buffer;
  name: string;
  role: string;
  operations: string[] | null;
  service_ids: number[] | null;
  cities: string[] | null;
  team_ids: number[] | null;
  expires_at: Date | null;
  revoked_at: Date | null;
  overlap_until: Date | null;
}

/** What narrows a key within its role; null or left out: nothing does. */
export interface KeyLimits {
  operations?: string[] | null;
  service_ids?: number[] | null;
  cities?: string[] | null;
  team_ids?: number[] | null;
}

export interface WantedKey extends KeyLimits {
  name: string;
  role: string;
  expires_at?: Date | null;
  created_by: string;
}

export interface MadeKey {
  key_id: string;
  key: string;
}

const keyPattern = /^qh_([A-Za-z0-9-]{1,128})_([A-Za-z0-9_-]+)$/;
const lifetimeMs = 2_000;
const columns = 'key_id, secret_hash, name, role, operations, service_ids, cities, team_ids, expires_at, revoked_at, overlap_until';

/**
 * Keys of machines, and of people until they sign in by name. A key is `qh_<id>_<secret>`: found by its id,
 * compared by HMAC-SHA-256 in constant time (some microseconds; a slow hash is for what people choose themselves).
 */
export class Keys {
  readonly #db: Db;
  readonly #pepper: KeyedHash;
  readonly #roles: Roles;
  /** Looked-up keys for two seconds, so that a busy key costs no query; a change clears it everywhere at once. */
  readonly #known = new Map<string, { key: StoredKey; principal: Principal; until: number }>();
  readonly #used = new Map<string, Date>();

  constructor(db: Db, pepper: Buffer, roles = new Roles(db)) {
    this.#db = db;
    this.#pepper = new KeyedHash(pepper);
    this.#roles = roles;
  }

  /** Who presents this key; an error that does not tell which part was wrong otherwise. */
  async verify(presented: string): Promise<Principal> {
    const parts = keyPattern.exec(presented);
    const found = parts === null ? undefined : (this.#fresh(parts[1]!) ?? (await this.#find(parts[1]!)));
    const matches = found !== undefined && timingSafeEqual(this.hash(presented), found.key.secret_hash);
    if (!matches) throw new QhError('unauthorized', 'The API key is not known.');
    requireAlive(found.key);
    this.#used.set(found.key.key_id, now());
    return found.principal;
  }

  /** Who signed in with this key, as long as it is alive. */
  async principal(keyId: string, sessionId: string): Promise<Principal> {
    const found = this.#fresh(keyId) ?? (await this.#find(keyId));
    if (found === undefined) throw new QhError('unauthorized', 'The session has ended.', { hint: 'Sign in again.' });
    requireAlive(found.key);
    return { ...found.principal, kind: 'session', sessionId };
  }

  #fresh(keyId: string) {
    const cached = this.#known.get(keyId);
    return cached !== undefined && cached.until > performance.now() ? cached : undefined;
  }

  async #find(keyId: string) {
    const time = performance.now();
    const [key] = await this.#db.query<StoredKey>(`select ${columns} from platform.api_keys where key_id = $1`, [keyId]);
    if (key === undefined) return undefined;
    if (this.#known.size >= 10_000) this.#known.clear();
    const entry = { key, principal: principalOf(key, await this.#roles.scopesOf(key.role)), until: time + lifetimeMs };
    this.#known.set(keyId, entry);
    return entry;
  }

  /** Makes a key and gives it back; this is the only time that it can be seen. */
  async create(wanted: WantedKey, tx: Pick<Tx, 'query'> = this.#db): Promise<MadeKey> {
    const made = this.#make();
    await this.#insert(made, { ...wanted, role: await this.#roles.resolve(wanted.role) }, tx);
    return made;
  }

  #make(): MadeKey {
    const keyId = randomBytes(6).toString('hex');
    return { key_id: keyId, key: `qh_${keyId}_${randomBytes(32).toString('base64url')}` };
  }

  /** Stores a key that somebody else made (QH_ADMIN_KEY), replacing its hash when the key has changed. */
  async preset(key: string, name: string): Promise<void> {
    const keyId = keyPattern.exec(key)?.[1];
    if (keyId === undefined)
      throw new QhError('bad_request', 'QH_ADMIN_KEY is not of the form qh_<id>_<secret>.', {
        hint: '<id> has no underscore; at least 32 characters of A-Z a-z 0-9 _ - follow qh_.',
      });
    await this.#insert({ key_id: keyId, key }, { name, role: 'admin', created_by: 'QH_ADMIN_KEY' }, this.#db);
  }

  async #insert({ key_id, key }: MadeKey, wanted: WantedKey & { rotated_from?: string }, tx: Pick<Tx, 'query'>): Promise<void> {
    await tx.query(
      `insert into platform.api_keys (key_id, secret_hash, name, role, operations, service_ids, cities, team_ids, created_by, created_at, expires_at, rotated_from)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, platform.now(), $10, $11)
       on conflict (key_id) do update set secret_hash = excluded.secret_hash, revoked_at = null`,
      [
        key_id,
        this.hash(key),
        wanted.name,
        wanted.role,
        wanted.operations ?? null,
        wanted.service_ids ?? null,
        wanted.cities ?? null,
        wanted.team_ids ?? null,
        wanted.created_by,
        wanted.expires_at ?? null,
        wanted.rotated_from ?? null,
      ],
    );
    this.#known.delete(key_id);
  }

  /** Makes a successor with the same rights; the former key works on until the overlap ends. */
  async rotate(keyId: string, overlapHours: number, createdBy: string, tx: Tx): Promise<MadeKey & { overlap_until: string }> {
    const [old] = await tx.query<StoredKey>(`select ${columns} from platform.api_keys where key_id = $1 for update`, [keyId]);
    if (old === undefined) throw unknownKey(keyId);
    if (old.revoked_at !== null || (old.expires_at !== null && old.expires_at <= now()) || old.overlap_until !== null)
      throw new QhError('conflict', `The API key ${keyId} has ended or has a successor already.`, {
        hint: 'Rotate the successor, or make a new key.',
      });
    const made = this.#make();
    await this.#insert(made, { ...old, created_by: createdBy, rotated_from: keyId }, tx);
    const [row] = await tx.query<{ until: Date }>(
      'update platform.api_keys set overlap_until = platform.now() + make_interval(hours => $2) where key_id = $1 returning overlap_until as until',
      [keyId, overlapHours],
    );
    await tx.query('select platform.announce_access()');
    this.#known.delete(keyId);
    return { ...made, overlap_until: row!.until.toISOString() };
  }

  /** Changes what a key is called, may do or may see; its secret stays. */
  async update(keyId: string, change: Partial<Omit<WantedKey, 'created_by'>>, tx: Tx): Promise<void> {
    const fields = { ...change, ...(change.role === undefined ? {} : { role: await this.#roles.resolve(change.role) }) };
    const names = (['name', 'role', 'operations', 'service_ids', 'cities', 'team_ids', 'expires_at'] as const).filter(
      (name) => fields[name] !== undefined,
    );
    const sets = names.map((name, at) => `${name} = $${at + 2}`).join(', ');
    const rows = await tx.query(`update platform.api_keys set ${sets === '' ? 'name = name' : sets} where key_id = $1 returning key_id`, [
      keyId,
      ...names.map((name) => fields[name]),
    ]);
    if (rows.length === 0) throw unknownKey(keyId);
    await tx.query('select platform.announce_access()');
    this.#known.delete(keyId);
  }

  /** All keys without their secrets; moments in ISO 8601. */
  async list(): Promise<Record<string, unknown>[]> {
    const rows = await this.#db.query<{ key: Record<string, unknown> }>(
      `select json_build_object('key_id', key_id, 'name', name, 'role', role, 'operations', operations, 'service_ids', service_ids, 'cities', cities,
         'team_ids', team_ids, 'created_by', created_by, 'created_at', created_at, 'expires_at', expires_at, 'revoked_at', revoked_at,
         'last_used_at', last_used_at, 'rotated_from', rotated_from, 'overlap_until', overlap_until) as key
       from platform.api_keys`,
    );
    return rows.map((row) => row.key);
  }

  async revoke(keyId: string, tx: Pick<Tx, 'query'> = this.#db): Promise<void> {
    const rows = await tx.query(
      'update platform.api_keys set revoked_at = coalesce(revoked_at, platform.now()) where key_id = $1 returning key_id, platform.announce_access()',
      [keyId],
    );
    this.#known.delete(keyId);
    if (rows.length === 0) throw unknownKey(keyId);
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

  forget(): void {
    this.#known.clear();
  }

  /** The keyed hash under which a secret is stored. */
  hash(secret: string): Buffer {
    return this.#pepper.digest(secret);
  }
}

function unknownKey(keyId: string): QhError {
  return new QhError('not_found', `There is no key ${keyId}.`, { hint: 'List the keys with: qh keys list' });
}

/** Refuses a key that has been revoked, has expired, or whose successor has taken over. */
function requireAlive({ key_id, revoked_at, expires_at, overlap_until }: StoredKey): void {
  if (revoked_at !== null) throw new QhError('unauthorized', `The API key ${key_id} has been revoked.`);
  if (expires_at === null && overlap_until === null) return;
  const time = now();
  if (expires_at !== null && expires_at <= time) throw new QhError('unauthorized', `The API key ${key_id} has expired.`);
  if (overlap_until !== null && overlap_until <= time)
    throw new QhError('unauthorized', `The API key ${key_id} was replaced; its successor is the one to use.`);
}

function principalOf(key: StoredKey, scopes: ReadonlySet<string>): Principal {
  return {
    kind: 'key',
    id: key.key_id,
    name: key.name,
    role: key.role,
    scopes,
    limits: { operations: key.operations, serviceIds: key.service_ids, teamIds: key.team_ids, cities: key.cities },
    displayName: null,
    locale: null,
    sessionId: null,
  };
}
