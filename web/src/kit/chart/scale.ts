import type { Format } from '../../i18n/format.ts';
import { toCivil, toInstant } from '../time/zone.ts';
import { extent, type Pane, type Span } from './series.ts';

export interface ValueScale {
  low: number;
  high: number;
  ticks: number[];
}

/** A step of 1, 2, 2.5 or 5 times a power of ten. */
function niceStep(range: number, wanted: number): number {
  const rough = range / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return step * power;
}

export function valueScale(pane: Pane, span: Span, height: number): ValueScale {
  const [least, most] = extent(pane, span);
  if (most < least) return { low: 0, high: pane.ceiling ?? 1, ticks: [] };
  const range = most - (pane.fromZero ? 0 : least) || Math.abs(most) || 1;
  const air = range * 0.04;
  const low = pane.fromZero ? 0 : Math.max(0, least - air);
  const high = Math.min(most + air, Math.max(pane.ceiling ?? Number.POSITIVE_INFINITY, least + air));
  const wanted = Math.max(2, Math.min(4, Math.floor(height / 24)));
  const ticks = ticksBetween(low, high, niceStep(high - low, wanted));
  // One line alone is no scale.
  return { low, high, ticks: ticks.length > 1 ? ticks : ticksBetween(low, high, niceStep(high - low, wanted * 2)) };
}

function ticksBetween(low: number, high: number, step: number): number[] {
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step) ticks.push(tick);
  return ticks;
}

export interface TimeTick {
  at: number;
  label: string;
  /** The start of a day (or of a year, among months): named in full. */
  major: boolean;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day];
const monthSteps = [1, 2, 3, 6, 12];

/** Ticks at round civil times of the zone, at most one per `spacing` pixels. */
export function timeTicks(span: Span, width: number, zone: string, format: Format, spacing = 76): TimeTick[] {
  const perTick = ((span.to - span.from) / Math.max(1, width)) * spacing;
  const step = steps.find((candidate) => candidate >= perTick);
  if (step) return clockTicks(span, step, zone, format);
  const months = monthSteps.find((candidate) => candidate * 30 * day >= perTick) ?? 12;
  return monthTicks(span, months, zone, format);
}

function clockTicks(span: Span, step: number, zone: string, format: Format): TimeTick[] {
  const ticks: TimeTick[] = [];
  // 1970-01-05 was a Monday: steps of whole weeks begin there.
  const origin = step >= day ? 4 * day : 0;
  let civil = Math.ceil((toCivil(span.from, zone) - origin) / step) * step + origin;
  for (let at = toInstant(civil, zone); at <= span.to; civil += step, at = toInstant(civil, zone)) {
    const major = civil % day === 0;
    const label = format.part(at, zone, major ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' });
    if (at >= span.from && at !== ticks.at(-1)?.at) ticks.push({ at, label, major: major && step < day });
  }
  return ticks;
}

function monthTicks(span: Span, months: number, zone: string, format: Format): TimeTick[] {
  const ticks: TimeTick[] = [];
  const first = new Date(toCivil(span.from, zone));
  for (let index = first.getUTCFullYear() * 12 + Math.ceil(first.getUTCMonth() / months) * months; ; index += months) {
    const at = toInstant(Date.UTC(Math.floor(index / 12), index % 12, 1), zone);
    if (at > span.to) return ticks;
    const label = format.part(at, zone, { month: 'short', year: 'numeric' });
    if (at >= span.from) ticks.push({ at, label, major: index % 12 === 0 });
  }
}
