import { addDays, addMonths, civilDate, civilMinute, parseCivil } from '../time/zone.ts';
import type { Span } from '../chart/series.ts';

/** Ranges that end with the newest data, so that none of them is empty. */
export const presets = ['day', 'week', 'month', 'quarter', 'months13', 'all'] as const;
export type Preset = (typeof presets)[number];

/** Civil days, both included. */
export interface DayRange {
  from: string;
  to: string;
}

function presetDays(preset: Preset, data: DayRange): DayRange {
  const starts: Record<Preset, string> = {
    day: data.to,
    week: addDays(data.to, -6),
    month: addDays(data.to, -29),
    quarter: addDays(data.to, -89),
    months13: addDays(addMonths(data.to, -13), 1),
    all: data.from,
  };
  return { from: starts[preset], to: data.to };
}

export function isPreset(text: string | undefined): text is Preset {
  return presets.some((preset) => preset === text);
}

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** What the address asks for: two days, a preset, or the preset that a page begins with. */
export function readRange(
  address: { from?: string | undefined; to?: string | undefined; range?: string | undefined },
  data: DayRange,
  otherwise: Preset,
): DayRange {
  if (isDay(address.from) && isDay(address.to) && address.from <= address.to) return { from: address.from, to: address.to };
  return presetDays(isPreset(address.range) ? address.range : otherwise, data);
}

export function spanOf(range: DayRange, zone: string): Span {
  return { from: parseCivil(range.from, zone), to: parseCivil(addDays(range.to, 1), zone) };
}

export const writeZoom = (span: Span, zone: string): string => `${civilMinute(span.from, zone)}~${civilMinute(span.to, zone)}`;

export function readZoom(zoom: string | undefined, zone: string): Span | undefined {
  const [from, to] = (zoom ?? '')
    .split('~')
    .map((minute) => (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(minute) ? parseCivil(minute, zone) : Number.NaN));
  return from !== undefined && to !== undefined && to > from ? { from, to } : undefined;
}

export const daysOf = (span: Span, zone: string): DayRange => ({ from: civilDate(span.from, zone), to: civilDate(span.to - 1, zone) });
