import { queryOptions } from '@tanstack/react-query';
import { dataHistory, dataRows, dataScores, quarantine, repairs, runChecks } from '../../../../src/rooms/quality/contract.ts';
import type { OutputOf } from '../../../../src/platform/contract/operation.ts';
import { call, listAll } from '../../client.ts';

export type Score = OutputOf<typeof dataScores>[number];
export type Issue = Score['result']['issues_found'][number];
export type HistoryPoint = OutputOf<typeof dataHistory>['items'][number];
export type QuarantinedRow = OutputOf<typeof quarantine>['items'][number];
export type Repair = OutputOf<typeof repairs>['items'][number];

export const scoresQuery = queryOptions({ queryKey: ['quality', 'scores'], queryFn: ({ signal }) => call(dataScores, {}, { signal }) });

export const historyQuery = queryOptions({
  queryKey: ['quality', 'history'],
  queryFn: ({ signal }) => listAll(dataHistory, { days: 90, limit: 10_000 }, signal),
});

export const quarantineQuery = queryOptions({
  queryKey: ['quality', 'quarantine'],
  queryFn: async ({ signal }) => (await call(quarantine, { is_open: true, limit: 1000 }, { signal })).items,
});

export const repairsQuery = queryOptions({
  queryKey: ['quality', 'repairs'],
  queryFn: async ({ signal }) => (await call(repairs, { limit: 1000 }, { signal })).items,
});

/** The rows that break a rule, in the period of the check that found it. */
export const rowsQuery = (rule: string, start: string | null, end: string | null) =>
  queryOptions({
    queryKey: ['quality', 'rows', rule, start, end],
    queryFn: ({ signal }) =>
      call(dataRows, { rule, ...(start === null ? {} : { start_date: start }), ...(end === null ? {} : { end_date: end }) }, { signal }),
  });

const allKinds = ['completeness', 'consistency', 'accuracy', 'timeliness', 'uniqueness'] as const;

export const runNow = () => call(runChecks, { check_types: [...allKinds] });
