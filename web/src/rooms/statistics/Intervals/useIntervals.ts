import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Span } from '../../../kit/chart/series.ts';
import { autoGrain, readGrain } from '../../../kit/picker/grain.ts';
import { daysOf, type DayRange, isPreset, type Preset, readRange, readZoom, spanOf } from '../../../kit/picker/range.ts';
import { parseCivil, civilMinute } from '../../../kit/time/zone.ts';
import { useAddress } from '../../../shell/address.ts';
import { type Service } from '../../org/queries.ts';
import { dataSpanQuery, type Question } from '../queries.ts';

export const comparisons = ['none', 'before', 'week', 'year'] as const;
export type Comparison = (typeof comparisons)[number];

const day = 86_400_000;
/** 52 whole weeks, so that a Monday is compared with a Monday. */
const year = 364 * day;

export interface IntervalsView {
  zone: string;
  data: DayRange;
  range: DayRange;
  preset: Preset | undefined;
  zoom: Span | undefined;
  /** What is looked at: the zoomed part, else the range. */
  window: Span;
  grain: number;
  chosenGrain: number | undefined;
  comparison: Comparison;
  /** What is asked for: with a chosen grain everything, so that zooming asks nothing. */
  loaded: Question;
  shown: Question;
  /** The same stretch of time, earlier; undefined without a comparison. */
  earlier: { loaded: Question; shown: Question; shift: number } | undefined;
}

/** Turns the address into what the page asks. */
export function useIntervals(service: Service | undefined) {
  const address = useAddress();
  const span = useQuery(dataSpanQuery(service?.service_code));
  const view = useMemo((): IntervalsView | undefined => {
    if (!service || !span.data) return undefined;
    const zone = isZone(address['zone']) ? address['zone'] : service.time_zone;
    const data = daysOf(span.data, zone);
    const range = readRange({ from: address['from'], to: address['to'], range: address['range'] }, data, 'week');
    const whole = spanOf(range, zone);
    const zoom = readZoom(address['zoom'], zone);
    const window = zoom ?? whole;
    const chosenGrain = readGrain(address['grain']);
    const scope = { service: service.service_code, queue: address['queue'], zone };
    const loaded: Question = { ...scope, span: chosenGrain ? whole : window };
    const shown: Question = { ...scope, span: window };
    const comparison = comparisons.find((one) => one === address['compare']) ?? 'none';
    const shift = shiftOf(comparison, window, zone);
    return {
      zone,
      data,
      range,
      preset: address['from'] ? undefined : isPreset(address['range']) ? address['range'] : 'week',
      zoom,
      window,
      grain: chosenGrain ?? autoGrain(window),
      chosenGrain,
      comparison,
      loaded,
      shown,
      earlier:
        shift === 0
          ? undefined
          : { loaded: { ...loaded, span: earlier(loaded.span, shift, zone) }, shown: { ...shown, span: earlier(window, shift, zone) }, shift },
    };
  }, [service, span.data, address]);
  return { span, view };
}

/** Goes back by the clock on the wall, so that 09:00 is compared with 09:00 across a clock change. */
const earlier = (span: Span, shift: number, zone: string): Span => {
  const back = (instant: number) => parseCivil(civilMinute(Date.parse(`${civilMinute(instant, zone)}Z`) - shift, 'UTC'), zone);
  return { from: back(span.from), to: back(span.to) };
};

function shiftOf(comparison: Comparison, window: Span, zone: string): number {
  if (comparison === 'none') return 0;
  const civil = (instant: number) => Date.parse(`${civilMinute(instant, zone)}Z`);
  return { before: civil(window.to) - civil(window.from), week: 7 * day, year }[comparison];
}

function isZone(zone: string | undefined): zone is string {
  if (!zone) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
