import { callerSettings, isNarrowed, type Principal } from '../../platform/auth/principal.ts';
import { actingBy } from '../../platform/auth/rights.ts';
import { monotonicMs } from '../../platform/clock/clock.ts';
import type { Context } from '../../platform/contract/implement.ts';
import type { Db } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';

/** A column as `database.relations` tells it. */
export interface RelationColumn {
  name: string;
  /** As PostgreSQL writes it, such as `timestamp with time zone`. */
  type: string;
  is_nullable: boolean;
  default: string | null;
  comment: string | null;
  references: string | null;
  /** Kind of personal data; null where it is none. */
  personal: string | null;
  is_sortable: boolean;
}

/** A table or view that can be read by rows. */
export interface Relation {
  /** With its schema. */
  table_name: string;
  schema_name: string;
  relation_name: string;
  table_type: 'table' | 'view';
  room: string;
  table_comment: string | null;
  estimated_rows: number | null;
  key_columns: string[];
  scopes: string[];
  has_service_id: boolean;
  is_narrowed: boolean;
  columns: RelationColumn[];
}

/** What a statement may show: the services (null: all) and whether personal columns stand open. */
export interface View {
  serviceIds: readonly number[] | null;
  seesPersonal: boolean;
}

export function viewOf(principal: Principal): View {
  return { serviceIds: principal.limits.serviceIds, seesPersonal: callerSettings(principal)['qh.personal'] === 'on' };
}

/** The caller with those rights that let them read a relation; null when none does. */
export const readerOf = (relation: Pick<Relation, 'scopes' | 'is_narrowed' | 'has_service_id'>, principal: Principal): Principal | null =>
  actingBy(principal, (rights) => {
    const { teamIds, cities } = rights.limits;
    const hasScopes = relation.scopes.every((scope) => rights.scopes.has(scope));
    return hasScopes && (!isNarrowed(rights) || relation.is_narrowed || (relation.has_service_id && teamIds === null && cities === null));
  });

/** The database as a relation is read: with fewer rights than the operation has, where not all of them reach it. */
export function readAs(relation: Relation, { principal, db }: Pick<Context, 'principal' | 'db'>): Pick<Context, 'principal' | 'db'> {
  const reader = readerOf(relation, principal)!;
  return { principal: reader, db: reader.rights?.length === principal.rights?.length ? db : db.as(callerSettings(reader)) };
}

const lifetimeMs = 5_000;

/** The tables and views of this database, remembered for some seconds: reading the catalogs takes longer than reading rows. */
export class Relations {
  #known: { list: Promise<Relation[]>; until: number } | null = null;

  /** Those that a caller may read. Whoever is limited reads only what a policy, a view or a service_id narrows. */
  async of(principal: Principal, db: Pick<Db, 'query'>): Promise<Relation[]> {
    return (await this.#load(db)).filter((relation) => readerOf(relation, principal) !== null);
  }

  /** One of them by its name; a view of api also without its schema. What the caller may not read is not there. */
  async find(name: string, principal: Principal, db: Pick<Db, 'query'>): Promise<Relation> {
    const all = await this.of(principal, db);
    const found = all.find(({ table_name }) => table_name === name || table_name === `api.${name}`);
    if (found !== undefined) return found;
    throw new QhError('not_found', `There is no table or view ${name}.`, {
      hint: 'database.schema_info lists the tables and views that you may read.',
    });
  }

  #load(db: Pick<Db, 'query'>): Promise<Relation[]> {
    if (this.#known !== null && this.#known.until > monotonicMs()) return this.#known.list;
    const list = db.query<Relation>('select * from database.relations()');
    this.#known = { list, until: monotonicMs() + lifetimeMs };
    list.catch(() => (this.#known = null));
    return list;
  }
}

/** The column of a name. */
export function columnOf({ table_name, columns }: Relation, name: string, path: string): RelationColumn {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const hint = `Columns: ${columns.map((column) => column.name).join(', ')}`;
  throw new QhError('bad_request', `${path}: ${table_name} has no column ${name}`, {
    hint,
    errors: [{ path, rule: 'is no column', value: name, hint }],
  });
}
