import type { Tx } from '../../platform/db/pool.ts';
import { headerKey, type ImportColumn, type ImportKind } from '../../platform/imports/kind.ts';

/** The kinds with the columns that are known only now, such as custom fields. A declared header is never taken over by one of these. */
export async function completeKinds(tx: Pick<Tx, 'query'>, kinds: readonly ImportKind[]): Promise<ImportKind[]> {
  return Promise.all(kinds.map(async (kind) => (kind.moreColumns === undefined ? kind : complete(tx, kind, kind.moreColumns))));
}

async function complete(tx: Pick<Tx, 'query'>, kind: ImportKind, source: string): Promise<ImportKind> {
  const [more] = await tx.query<{ columns: ImportColumn[] }>(`select ${source}() as columns`);
  const taken = new Set(kind.columns.flatMap(headersOf).map(headerKey));
  const own: ImportColumn[] = [];
  for (const column of more?.columns ?? []) {
    const [header, ...aliases] = headersOf(column).filter((name) => !taken.has(headerKey(name)));
    if (header === undefined) continue;
    own.push({ ...column, header, aliases });
    for (const name of [header, ...aliases]) taken.add(headerKey(name));
  }
  return { ...kind, columns: [...kind.columns, ...own] };
}

/** The kinds with the headers of a mapping; what a mapping calls a column is that column and no other. */
export function mapColumns(kinds: readonly ImportKind[], columns: Readonly<Record<string, string>> = {}): readonly ImportKind[] {
  const given = new Set(Object.keys(columns).map(headerKey));
  if (given.size === 0) return kinds;
  const free = (names: readonly string[]) => names.filter((name) => !given.has(headerKey(name)));
  return kinds.map((kind) => ({
    ...kind,
    columns: kind.columns.map((column) => {
      const own = Object.keys(columns).filter((header) => columns[header] === column.name);
      const [header = column.name, ...aliases] = [...own, ...free(headersOf(column))];
      return { ...column, header, aliases };
    }),
    // The signature is compared with headers: it names the same columns by what they are called now.
    signature: kind.signature.map((header) => {
      const column = kind.columns.find((entry) => headersOf(entry).some((name) => headerKey(name) === headerKey(header)));
      const own = Object.keys(columns).find((name) => columns[name] === column?.name);
      return own ?? header;
    }),
  }));
}

const headersOf = (column: ImportColumn): string[] => [column.header, ...(column.aliases ?? [])];
