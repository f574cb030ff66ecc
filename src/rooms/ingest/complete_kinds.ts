import type { Tx } from '../../platform/db/pool.ts';
import type { ImportColumn, ImportKind } from '../../platform/imports/kind.ts';
import { headerKey } from './workbook/headers.ts';

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

const headersOf = (column: ImportColumn): string[] => [column.header, ...(column.aliases ?? [])];
