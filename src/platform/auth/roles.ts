import type { Db, Tx } from '../db/pool.ts';
import { QhError } from '../errors.ts';
import { selfScope } from './principal.ts';

export interface Role {
  role: string;
  title: string;
  scopes: string[];
  aliases: string[];
}

const lifetimeMs = 2_000;

/** Roles as the database has them, remembered for two seconds and until a change is announced. */
export class Roles {
  readonly #db: Db;
  #known: { roles: Map<string, Role>; scopes: Map<string, ReadonlySet<string>>; until: number } | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  /** What a role may do, and what everybody may. */
  async scopesOf(role: string): Promise<ReadonlySet<string>> {
    const { scopes } = await this.#load();
    return scopes.get(role) ?? new Set();
  }

  async list(): Promise<Role[]> {
    return [...(await this.#load()).roles.values()];
  }

  /** The role that is meant by its own or another name. */
  async resolve(name: string): Promise<string> {
    const all = await this.list();
    const wanted = name.trim().toLowerCase();
    const found = all.find(({ role, aliases }) => role === wanted || aliases.some((alias) => alias.toLowerCase() === wanted));
    if (found !== undefined) return found.role;
    const hint = `Roles: ${all.map(({ role }) => role).join(', ')}`;
    throw new QhError('bad_request', `role: ${name} is not a role`, { hint, errors: [{ path: 'role', rule: 'is not a role', value: name, hint }] });
  }

  /** Changes what a role may do. The admin role keeps the scopes without which nobody could undo a change. */
  async update(tx: Tx, role: string, change: { scopes?: readonly string[]; title?: string }, knownScopes: ReadonlySet<string>): Promise<Role> {
    const unknown = (change.scopes ?? []).filter((scope) => !knownScopes.has(scope));
    if (unknown.length > 0) throw wrongScopes('no operation asks for', unknown, `Scopes: ${[...knownScopes].join(', ')}`);
    const missing =
      role === 'admin' && change.scopes !== undefined ? ['admin:read', 'admin:write'].filter((scope) => !change.scopes!.includes(scope)) : [];
    if (missing.length > 0) throw wrongScopes('the admin role must keep', missing, 'Without them nobody could give rights again.');
    const [row] = await tx.query<Role>(
      `update platform.roles set scopes = coalesce($2, scopes), title = coalesce($3, title), updated_at = platform.now() where role = $1 returning role, title, scopes, aliases`,
      [role, change.scopes === undefined ? null : [...new Set(change.scopes)], change.title ?? null],
    );
    if (row === undefined) throw new QhError('not_found', `There is no role ${role}.`, { hint: 'admin.roles lists them.' });
    await tx.query('select platform.announce_access()');
    return row;
  }

  forget(): void {
    this.#known = null;
  }

  async #load() {
    const time = performance.now();
    if (this.#known !== null && this.#known.until > time) return this.#known;
    const rows = await this.#db.query<Role>('select role, title, scopes, aliases from platform.roles order by ordinal');
    this.#known = {
      roles: new Map(rows.map((row) => [row.role, row])),
      scopes: new Map(rows.map((row) => [row.role, new Set([...row.scopes, selfScope])])),
      until: time + lifetimeMs,
    };
    return this.#known;
  }
}

function wrongScopes(rule: string, scopes: string[], hint: string): QhError {
  return new QhError('bad_request', `scopes: ${rule} ${scopes.join(', ')}`, { hint, errors: [{ path: 'scopes', rule, value: scopes, hint }] });
}
