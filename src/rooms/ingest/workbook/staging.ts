import type { CellKind, ImportColumn, ImportKind } from '../../../platform/imports/kind.ts';

export interface StagingColumn {
  name: string;
  type: string;
}

const types: Record<CellKind, string> = {
  period: 'timestamp',
  name: 'text',
  count: 'bigint',
  seconds: 'bigint',
  share: 'numeric',
  average: 'numeric',
  text: 'text',
  date: 'date',
};

/** The declared columns in the order in which they are staged: period and source name first, whether declared or not. */
export function stagedOrder(kind: ImportKind): (ImportColumn | null)[] {
  const period = kind.columns.find((column) => column.kind === 'period') ?? null;
  const source = kind.columns.find((column) => column.name === 'source_name') ?? null;
  return [period, source, ...kind.columns.filter((column) => column !== period && column !== source)];
}

/** Columns of the staging table of a kind, in the order of the COPY lines. */
export function stagingColumns(kind: ImportKind): StagingColumn[] {
  const rest = stagedOrder(kind)
    .slice(2)
    .flatMap((column) => (column ? [{ name: column.name, type: types[column.kind] }] : []));
  return [
    { name: 'sheet', type: 'smallint' },
    { name: 'row_number', type: 'int' },
    { name: 'period', type: 'timestamp' },
    { name: 'source_name', type: 'text' },
    ...rest,
    { name: 'raw', type: 'jsonb' },
  ];
}
