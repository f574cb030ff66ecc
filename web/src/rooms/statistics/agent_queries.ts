import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '../../../../src/platform/contract/operation.ts';
import { agentActivity, agentComparison, agentTimeline } from '../../../../src/rooms/statistics/contract.ts';
import { call, listAll } from '../../client.ts';
import type { Span } from '../../kit/chart/series.ts';
import { instant } from './queries.ts';

export type AgentItem = OutputOf<typeof agentActivity>['items'][number];
export type ComparedAgent = OutputOf<typeof agentComparison>['items'][number];
export type AgentRow = OutputOf<typeof agentTimeline>['items'][number];

/** Whose activity: one agent, a team, the caller's own people, all; for all services or one. */
export interface AgentScope {
  agent?: string | undefined;
  team?: string | undefined;
  mine: boolean;
  service?: string | undefined;
}

export interface AgentQuestion extends AgentScope {
  span: Span;
  zone: string;
}

export function agentsInput({ agent, team, mine, service, span, zone }: AgentQuestion): InputOf<typeof agentTimeline> {
  return {
    ...(agent ? { agent } : {}),
    ...(team ? { team } : {}),
    ...(mine ? { my_team: true } : {}),
    ...(service ? { service } : {}),
    start_time: instant(span.from),
    end_time: instant(span.to),
    time_zone: zone,
  };
}

export const activityInput = (question: AgentQuestion, minutes: number): InputOf<typeof agentActivity> => ({
  ...agentsInput(question),
  interval_minutes: minutes,
  by: 'total',
});

export const activityQuery = (question: AgentQuestion, minutes: number) =>
  queryOptions({
    queryKey: ['statistics.agent_activity', question, minutes],
    queryFn: async ({ signal }) => (await call(agentActivity, { ...activityInput(question, minutes), limit: 100_000 }, { signal })).items,
    placeholderData: keepPreviousData,
  });

export const agentTotalQuery = (question: AgentQuestion) =>
  queryOptions({
    queryKey: ['statistics.agent_activity', 'total', question],
    queryFn: async ({ signal }) => (await call(agentActivity, activityInput(question, 0), { signal })).items[0] ?? null,
    placeholderData: keepPreviousData,
  });

export const comparisonQuery = (question: AgentQuestion) =>
  queryOptions({
    queryKey: ['statistics.agent_comparison', question],
    queryFn: ({ signal }) => listAll(agentComparison, agentsInput(question), signal),
    placeholderData: keepPreviousData,
  });

export const agentRowsLimit = 5000;

export const agentRowsQuery = (question: AgentQuestion) =>
  queryOptions({
    queryKey: ['statistics.agent_timeline', question],
    queryFn: ({ signal }) => call(agentTimeline, { ...agentsInput(question), limit: agentRowsLimit }, { signal }),
  });

/** First and last moment with activity of anybody for a service (or any), null when there is none. */
export const agentSpanQuery = (service: string | undefined) =>
  queryOptions({
    queryKey: ['statistics.agent_activity', 'span', service],
    queryFn: async ({ signal }): Promise<Span | null> => {
      const asked = { by: 'total', ...(service ? { service } : {}) } as const;
      const whole = { ...asked, start_time: '2000-01-01', end_time: '2100-01-01', interval_minutes: 43200 } as const;
      const { items: months } = await call(agentActivity, { ...whole, limit: 2000 }, { signal });
      const [first, last] = [months[0], months.at(-1)];
      if (!first || !last) return null;
      // Down to the quarter: the month that is the last one ends in the future.
      const days = await call(agentActivity, { ...whole, start_time: last.interval_start, interval_minutes: 1440, limit: 100 }, { signal });
      const day = days.items.at(-1) ?? last;
      const quarters = await call(agentActivity, { ...whole, start_time: day.interval_start, interval_minutes: 15, limit: 1000 }, { signal });
      return { from: Date.parse(first.interval_start), to: Date.parse((quarters.items.at(-1) ?? day).interval_end) };
    },
  });
