import type { Text } from '../../../i18n/text.ts';
import type { Format } from '../../../i18n/format.ts';
import type { Pane, Series } from '../../../kit/chart/series.ts';
import type { Service } from '../../org/queries.ts';
import { kpis, numberOf, type ShownKpi } from '../kpis.ts';
import type { Interval } from '../queries.ts';

interface Times {
  starts: Float64Array;
  ends: Float64Array;
}

function timesOf(items: Interval[], shift: number): Times {
  const starts = new Float64Array(items.length);
  const ends = new Float64Array(items.length);
  items.forEach((item, index) => {
    starts[index] = Date.parse(item.interval_start) + shift;
    ends[index] = Date.parse(item.interval_end) + shift;
  });
  return { starts, ends };
}

function valuesOf(items: Interval[], name: keyof Interval): Float64Array {
  return Float64Array.from(items, (item) => numberOf(item, name) ?? Number.NaN);
}

interface PaneInput {
  items: Interval[];
  /** What it is compared with, and how much later it is to be drawn. */
  earlier: { items: Interval[]; shift: number; label: string } | undefined;
  service: Service;
  text: Text;
  format: Format;
}

/** The figures of the page, each with its pale companion and its target; those of which nothing is known are left out. */
export function panesOf({ items, earlier, service, text, format }: PaneInput): Pane[] {
  const now = timesOf(items, 0);
  const then = earlier && timesOf(earlier.items, earlier.shift);
  const known = kpis.filter(({ name }) => items.length === 0 || items.some((item) => numberOf(item, name) !== null));
  return known.map((kpi: ShownKpi): Pane => {
    const series: Series[] = [{ label: text(kpi.label), shape: kpi.shape, tone: 'main', ...now, values: valuesOf(items, kpi.name) }];
    if (kpi.name === 'offered')
      series.push({ label: text('kpi.abandoned'), shape: 'bars', tone: 'bad', ...now, values: valuesOf(items, 'abandoned') });
    if (earlier && then) series.push({ label: earlier.label, shape: 'line', tone: 'pale', ...then, values: valuesOf(earlier.items, kpi.name) });
    return {
      id: kpi.name,
      title: text(kpi.label),
      unit: text(kpi.unit),
      format: (value: number) => format.number(value, kpi.kind),
      tick: (value: number) => format.number(value, 'tick'),
      series,
      fromZero: kpi.fromZero,
      ceiling: kpi.ceiling,
      target: targetOf(kpi.name, service, text, format),
    };
  });
}

function targetOf(name: string, service: Service, text: Text, format: Format): Pane['target'] {
  if (name === 'service_level_pct')
    return {
      value: service.target_service_level_pct,
      label: text('chart.target', { value: format.number(service.target_service_level_pct, 'pct') }),
    };
  if (name === 'abandonment_pct')
    return { value: service.target_abandonment_pct, label: text('chart.limit', { value: format.number(service.target_abandonment_pct, 'pct') }) };
  return undefined;
}
