import { queryOptions } from '@tanstack/react-query';
import type { OutputOf } from '../../../../src/platform/contract/operation.ts';
import { digests, healthCheck, jobs, partitions, retention, slowestOperations, validationRuns } from '../../../../src/rooms/quality/contract.ts';
import { call, listAll } from '../../client.ts';

export type Check = OutputOf<typeof healthCheck>[number];
export type Job = OutputOf<typeof jobs>[number];
export type Run = OutputOf<typeof validationRuns>['items'][number];
export type Digest = OutputOf<typeof digests>['items'][number];
export type Partition = OutputOf<typeof partitions>['items'][number];

export const checksQuery = queryOptions({
  queryKey: ['quality.checks'],
  queryFn: ({ signal }) => call(healthCheck, {}, { signal }),
  refetchInterval: 60_000,
});
export const runsQuery = queryOptions({ queryKey: ['quality.runs'], queryFn: ({ signal }) => listAll(validationRuns, { limit: 5000 }, signal) });
export const operationsQuery = queryOptions({
  queryKey: ['quality.operations'],
  queryFn: async ({ signal }) => (await call(slowestOperations, { limit: 10 }, { signal })).items,
});
export const partitionsQuery = queryOptions({
  queryKey: ['quality.partitions'],
  queryFn: ({ signal }) => listAll(partitions, { limit: 1000 }, signal),
});
export const retentionQuery = queryOptions({ queryKey: ['quality.retention'], queryFn: ({ signal }) => call(retention, {}, { signal }) });
export const jobsQuery = queryOptions({ queryKey: ['quality.jobs'], queryFn: ({ signal }) => call(jobs, {}, { signal }) });
export const digestQuery = queryOptions({
  queryKey: ['quality.digest'],
  queryFn: async ({ signal }) => (await call(digests, { limit: 1 }, { signal })).items,
});

/** Moments of the database are shown as the reader's own clock says them. */
export const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
