import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Static } from 'typebox';
import {
  advisorRankings,
  health,
  monthlyMetrics,
  monthToDate,
  rankingMinimum,
  refreshRuns,
  schedulerStatus,
  status,
} from '../../../../src/rooms/marketplace/contract.ts';
import { call } from '../../client.ts';

export type Month = Static<typeof monthlyMetrics.output>;
export type Advisor = Static<typeof advisorRankings.output>;
export type Run = Static<typeof refreshRuns.output>;

/** What a refresh did with one view. */
export interface RunDetail {
  view_name: string;
  status: string;
  duration_ms: number;
  row_count: number;
  changed_count: number;
  is_incremental: boolean;
  error_message: string | null;
}

export interface View {
  name: string;
  row_count: number;
  size_bytes: number;
  last_refresh: string | null;
  last_duration_ms: number | null;
  last_changed_count: number | null;
  last_error: string | null;
  reads_count: number;
}

export const zone = 'America/Bogota';

export const monthsQuery = queryOptions({
  queryKey: ['marketplace.monthly_metrics'],
  queryFn: async ({ signal }) => (await call(monthlyMetrics, { limit: 60 }, { signal })).toReversed(),
});

export const rankingQuery = (ciudad: string | undefined) =>
  queryOptions({
    queryKey: ['marketplace.advisor_rankings', ciudad],
    queryFn: ({ signal }) => call(advisorRankings, { limit: 500, ...(ciudad === undefined ? {} : { ciudad }) }, { signal }),
    placeholderData: keepPreviousData,
  });

export const monthToDateQuery = queryOptions({
  queryKey: ['marketplace.month_to_date'],
  queryFn: ({ signal }) => call(monthToDate, {}, { signal }),
  refetchInterval: 60_000,
});

export const viewsQuery = queryOptions({
  queryKey: ['marketplace.mv_status'],
  queryFn: async ({ signal }) => (await call(status, {}, { signal })).views as View[],
});

export const healthQuery = queryOptions({ queryKey: ['marketplace.mv_health'], queryFn: ({ signal }) => call(health, {}, { signal }) });

export const schedulerQuery = queryOptions({
  queryKey: ['marketplace.scheduler_status'],
  queryFn: ({ signal }) => call(schedulerStatus, {}, { signal }),
});

export const rankingMinimumQuery = queryOptions({
  queryKey: ['marketplace.ranking_minimum'],
  queryFn: ({ signal }) => call(rankingMinimum, {}, { signal }),
});

export const runsQuery = queryOptions({
  queryKey: ['marketplace.refresh_runs'],
  queryFn: async ({ signal }) => (await call(refreshRuns, { limit: 200 }, { signal })).items,
});
