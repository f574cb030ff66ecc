import type { MessageKey } from '../../i18n/en.ts';
import type { Span } from '../chart/series.ts';

export const grains = [15, 30, 60, 1440, 10080, 43200] as const;

export const grainLabels: Record<number, MessageKey> = {
  15: 'grain.15',
  30: 'grain.30',
  60: 'grain.60',
  1440: 'grain.day',
  10080: 'grain.week',
  43200: 'grain.month',
};

const day = 86_400_000;

/** The finest grain whose points still have some pixels each; zooming in makes it finer. */
export function autoGrain(span: Span): number {
  const days = (span.to - span.from) / day;
  if (days <= 10) return 15;
  if (days <= 62) return 60;
  return days <= 1000 ? 1440 : 10080;
}

export const readGrain = (grain: string | undefined): number | undefined => grains.find((minutes) => String(minutes) === grain);
