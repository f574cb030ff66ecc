import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '../../../../src/platform/contract/operation.ts';
import { dataSpan, explain, facts, intervals } from '../../../../src/rooms/statistics/contract.ts';
import { call } from '../../client.ts';
import type { Span } from '../../kit/chart/series.ts';

export type Interval = OutputOf<typeof intervals>['items'][number];
export type Fact = OutputOf<typeof facts>['items'][number];

/** Whose figures: a service, or one of its queues. */
export interface Scope {
  service: string;
  queue?: string | undefined;
}

export interface Question extends Scope {
  span: Span;
  zone: string;
}

export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

export function intervalsInput(
  { service, queue, span, zone }: Question,
  minutes: number,
  by: 'service' | 'queue' = 'service',
): InputOf<typeof intervals> {
  return {
    service,
    ...(queue ? { queue } : {}),
    start_time: instant(span.from),
    end_time: instant(span.to),
    interval_minutes: minutes,
    time_zone: zone,
    ...(by === 'queue' || queue ? { by: 'queue' } : {}),
  };
}

const bucketsPerCall = 6000;
const callsAtOnce = 3;

/** A long series is asked for in parts, a few at a time, so that it arrives sooner and no answer is huge. */
async function series(question: Question, minutes: number, signal: AbortSignal): Promise<Interval[]> {
  const { span } = question;
  const part = minutes * 60_000 * bucketsPerCall;
  // Days and longer are few, and a part must not cut one in two.
  const cuts = minutes >= 1440 ? 1 : Math.ceil((span.to - span.from) / part);
  const parts: Interval[][] = [];
  const load = async (index: number): Promise<void> => {
    if (index >= cuts) return;
    const piece = cuts === 1 ? span : { from: span.from + index * part, to: Math.min(span.to, span.from + (index + 1) * part) };
    const { items } = await call(intervals, { ...intervalsInput({ ...question, span: piece }, minutes), limit: 100_000 }, { signal });
    parts[index] = items;
    await load(index + callsAtOnce);
  };
  await Promise.all(Array.from({ length: callsAtOnce }, (_, index) => load(index)));
  return parts.flat();
}

export const seriesQuery = (question: Question | undefined, minutes: number) =>
  queryOptions({
    queryKey: ['statistics.intervals', 'series', question, minutes],
    queryFn: ({ signal }) => (question ? series(question, minutes, signal) : []),
    enabled: question !== undefined,
    placeholderData: (old, query) => (sameScope(query?.queryKey[2], question) ? old : undefined),
  });

/** Old data stay while new ones load, but never another service's under this one's name. */
function sameScope(old: unknown, now: Question | undefined): boolean {
  const before = old as Question | undefined;
  return before?.service === now?.service && before?.queue === now?.queue;
}

export const totalQuery = (question: Question | undefined) =>
  queryOptions({
    queryKey: ['statistics.intervals', 'total', question],
    queryFn: async ({ signal }) => (question ? ((await call(intervals, intervalsInput(question, 0), { signal })).items[0] ?? null) : null),
    enabled: question !== undefined,
    placeholderData: (old, query) => (sameScope(query?.queryKey[2], question) ? old : undefined),
  });

export const queueTotalsQuery = (question: Question) =>
  queryOptions({
    queryKey: ['statistics.intervals', 'queues', question],
    queryFn: async ({ signal }) => (await call(intervals, { ...intervalsInput(question, 0, 'queue'), limit: 10_000 }, { signal })).items,
    placeholderData: keepPreviousData,
  });

/** First and last moment of which there are data, null when there are none. */
export const dataSpanQuery = (service: string | undefined) =>
  queryOptions({
    queryKey: ['statistics.intervals', 'span', service],
    enabled: service !== undefined,
    queryFn: async ({ signal }): Promise<Span | null> => {
      if (service === undefined) return null;
      const span = (await call(dataSpan, { service }, { signal })).items[0];
      return span?.data_start && span.data_end ? { from: Date.parse(span.data_start), to: Date.parse(span.data_end) } : null;
    },
  });

export const kpiQuery = (kpi: string) =>
  queryOptions({
    queryKey: ['statistics.explain', kpi],
    queryFn: ({ signal }) => call(explain, { kpi }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const factsLimit = 5000;

export function factsInput({ service, queue, span }: Question): InputOf<typeof facts> {
  return { service, ...(queue ? { queue } : {}), start_time: instant(span.from), end_time: instant(span.to) };
}

export const factsQuery = (question: Question) =>
  queryOptions({
    queryKey: ['statistics.facts', question],
    queryFn: ({ signal }) => call(facts, { ...factsInput(question), limit: factsLimit }, { signal }),
  });
