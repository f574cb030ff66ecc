import type { Principal } from '../../platform/auth/principal.ts';
import { implement } from '../../platform/contract/implement.ts';
import { pageOf } from '../../platform/contract/page.ts';
import type { OutputOf } from '../../platform/contract/operation.ts';
import type { Db } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { requireImport } from '../../platform/imports/may_import.ts';
import { deleteMapping, mappings, saveMapping } from './contract.ts';

type Mapping = OutputOf<typeof saveMapping>;

const fields = 'mapping, kind, columns, created_by, to_json(created_at) as created_at, to_json(updated_at) as updated_at';

/** The kind of import of a name that the caller may import. */
export function kindOf(kinds: readonly ImportKind[], name: string, principal: Principal): ImportKind {
  const kind = kinds.find((entry) => entry.name === name);
  if (kind === undefined)
    throw new QhError('not_found', `There is no kind of import ${name}.`, { hint: `Kinds: ${kinds.map((entry) => entry.name).join(', ')}` });
  requireImport(principal, kind);
  return kind;
}

/** The columns that a saved mapping names for a kind. */
export async function findMapping(name: string, kind: ImportKind, db: Db): Promise<Record<string, string>> {
  const [row] = await db.query<Mapping>(`select ${fields} from database.column_mappings where mapping = $1`, [name]);
  if (row === undefined) throw new QhError('not_found', `There is no mapping ${name}.`, { hint: 'database.mappings lists them.' });
  if (row.kind !== kind.name) throw new QhError('bad_request', `mapping: ${name} is for ${row.kind}, not for ${kind.name}`);
  return Object.fromEntries(Object.entries(row.columns).filter((entry): entry is [string, string] => entry[1] !== null));
}

export const mappingsVerb = implement(mappings, async (input, { db }) =>
  pageOf(mappings, await db.query<Mapping>(`select ${fields} from database.column_mappings`), input),
);

export const saveMappingVerb = (kinds: readonly ImportKind[]) =>
  implement(saveMapping, async ({ mapping, kind: kindName, columns }, { db, principal, effect }) => {
    const kind = kindOf(kinds, kindName, principal);
    const names = Object.values(columns).filter((name) => name !== null);
    const known = [...kind.columns.map(({ name }) => name), ...(await moreColumnsOf(kind, db))];
    const unknown = names.find((name) => !known.includes(name));
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (unknown !== undefined) throw wrong(`${unknown} is no column of ${kindName}`, known);
    if (twice !== undefined) throw wrong(`${twice} is there twice`, known);
    return effect(async (tx) => {
      const [row] = await tx.query<Mapping>(
        `insert into database.column_mappings (mapping, kind, columns, created_by, created_at, updated_at)
         values ($1, $2, $3, $4, platform.now(), platform.now())
         on conflict (mapping) do update set kind = excluded.kind, columns = excluded.columns, updated_at = excluded.updated_at returning ${fields}`,
        [mapping, kindName, JSON.stringify(columns), principal.name],
      );
      return row!;
    });
  });

export const deleteMappingVerb = implement(deleteMapping, ({ mapping }, { effect }) =>
  effect(async (tx) => {
    const gone = await tx.query('delete from database.column_mappings where mapping = $1 returning 1', [mapping]);
    if (gone.length === 0) throw new QhError('not_found', `There is no mapping ${mapping}.`, { hint: 'database.mappings lists them.' });
    return { mapping };
  }),
);

/** Names of the columns that are known only now, such as custom fields. */
async function moreColumnsOf({ moreColumns }: ImportKind, db: Db): Promise<string[]> {
  if (moreColumns === undefined) return [];
  const [row] = await db.query<{ columns: { name: string }[] }>(`select ${moreColumns}() as columns`);
  return row!.columns.map(({ name }) => name);
}

function wrong(rule: string, known: readonly string[]): QhError {
  const hint = `Columns: ${known.join(', ')}`;
  return new QhError('bad_request', `columns: ${rule}`, { hint, errors: [{ path: 'columns', rule, hint }] });
}
