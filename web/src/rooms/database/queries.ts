import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { OutputOf } from '../../../../src/platform/contract/operation.ts';
import { exportStatus, rows, schemaInfo } from '../../../../src/rooms/database/contract.ts';
import { call } from '../../client.ts';

export type TableInfo = OutputOf<typeof schemaInfo>['schema_info']['tables'][number];
export type Row = Record<string, unknown>;

export const tablesQuery = queryOptions({
  queryKey: ['database.schema_info'],
  queryFn: async ({ signal }) => (await call(schemaInfo, {}, { signal })).schema_info.tables,
  staleTime: 5 * 60_000,
});

export interface Question {
  table_name: string;
  filter?: string;
  order?: string[];
}

/** Rows of a page of the answer; more come when they are asked for. */
export const pageRows = 500;

export const rowsQuery = (question: Question) =>
  infiniteQueryOptions({
    queryKey: ['database.rows', question],
    queryFn: ({ signal, pageParam }) => call(rows, { ...question, limit: pageRows, ...(pageParam === '' ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

export const exportQuery = (exportId: string) =>
  queryOptions({
    queryKey: ['database.export_status', exportId],
    queryFn: ({ signal }) => call(exportStatus, { export_id: exportId }, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'queued' || state.data?.status === 'running' || !state.data ? 500 : false),
  });
