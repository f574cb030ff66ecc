import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '../../../../src/platform/contract/operation.ts';
import { batch, batchErrors, batches, createBatch, kinds, previewBatch } from '../../../../src/rooms/ingest/contract.ts';
import { call, listAll, queryClient } from '../../client.ts';

export type Batch = OutputOf<typeof batch>;
export type RowError = OutputOf<typeof batchErrors>['items'][number];
export type Preview = OutputOf<typeof previewBatch>;
export type Kind = OutputOf<typeof kinds>['items'][number];
export type ImportOptions = InputOf<typeof createBatch>;

const lookEvery = 700;

/** The kinds of file that the rooms of the server declare. */
export const kindsQuery = queryOptions({
  queryKey: ['ingest.kinds'],
  queryFn: ({ signal }) => listAll(kinds, { limit: 1000 }, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const isUnderWay = (one: Pick<Batch, 'status'>): boolean => one.status === 'queued' || one.status === 'running';

export const batchesQuery = queryOptions({
  queryKey: ['ingest.batches'],
  queryFn: async ({ signal }) => (await call(batches, { limit: 200 }, { signal })).items,
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? lookEvery : false),
});

export const batchQuery = (batch_id: string) =>
  queryOptions({
    queryKey: ['ingest.batch', batch_id],
    queryFn: ({ signal }) => call(batch, { batch_id }, { signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? lookEvery : false),
  });

export const errorsQuery = (batch_id: string, isDone: boolean) =>
  queryOptions({
    queryKey: ['ingest.batch_errors', batch_id],
    queryFn: ({ signal }) => listAll(batchErrors, { batch_id, limit: 20_000 }, signal),
    enabled: isDone,
  });

/** The preview of a file is asked for again when its options change; the file itself is no part of a key, its name and size are. */
export const previewQuery = (file: File, options: Pick<ImportOptions, 'service' | 'layout' | 'interval_type' | 'time_zone'>) =>
  queryOptions({
    queryKey: ['ingest.preview', file.name, file.size, file.lastModified, options],
    queryFn: ({ signal }) => call(previewBatch, { ...options, rows: 50 }, { file, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Files handed in from this page, so that an undone import can be done again without choosing the file anew. */
const handedIn = new Map<string, { file: File; options: ImportOptions }>();

export async function handIn(file: File, options: ImportOptions): Promise<string> {
  const { batch_id } = await call(createBatch, options, { file, idempotencyKey: crypto.randomUUID() });
  handedIn.set(batch_id, { file, options });
  await queryClient.invalidateQueries({ queryKey: ['ingest.batches'] });
  return batch_id;
}

export const fileOf = (batch_id: string) => handedIn.get(batch_id);

/** Figures, services and sources may all be others now. */
export async function forgetFigures(): Promise<void> {
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => /^(org|statistics|ingest\.batch)/.test(String(queryKey[0])) });
}
