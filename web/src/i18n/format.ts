import { useMemo } from 'react';
import { useLanguage } from './text.ts';

export type Kind = 'tick' | 'short' | 'count' | 'pct' | 'seconds' | 'seconds1' | 'ratio' | 'hours' | 'bytes';

const numberOptions: Record<Exclude<Kind, 'bytes'>, Intl.NumberFormatOptions> = {
  tick: { maximumFractionDigits: 2, useGrouping: 'always' },
  // 1,250,000,000 as 1.25B: for sums of money on an axis.
  short: { notation: 'compact', maximumFractionDigits: 2 },
  count: { maximumFractionDigits: 0, useGrouping: 'always' },
  pct: { minimumFractionDigits: 1, maximumFractionDigits: 1 },
  seconds: { maximumFractionDigits: 0, useGrouping: 'always' },
  seconds1: { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: 'always' },
  ratio: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  hours: { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: 'always' },
};

/** What stands where a value is unknown: a dash, never a zero. */
export const unknown = '–';

export interface Format {
  number(value: number | null | undefined, kind?: Kind): string;
  /** With a sign, for a difference. */
  change(value: number, kind: Kind): string;
  date(instant: number | Date, zone: string): string;
  dateTime(instant: number | Date, zone: string): string;
  time(instant: number | Date, zone: string): string;
  /** A civil date "2025-01-24" as people write it. */
  day(date: string): string;
  part(instant: number, zone: string, options: Intl.DateTimeFormatOptions): string;
  duration(milliseconds: number): string;
}

/** English of the reader's own region, where the browser names it: dates differ. */
const regional = (language: string): string =>
  navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ?? (language === 'en' ? 'en-GB' : language);

function makeFormat(spoken: string): Format {
  const language = regional(spoken);
  const numbers = new Map<string, Intl.NumberFormat>();
  const dates = new Map<string, Intl.DateTimeFormat>();
  const numeral = (kind: Exclude<Kind, 'bytes'>, sign: boolean) => {
    const key = kind + sign;
    const made = numbers.get(key) ?? new Intl.NumberFormat(language, { ...numberOptions[kind], ...(sign ? { signDisplay: 'exceptZero' } : {}) });
    numbers.set(key, made);
    return made;
  };
  const part: Format['part'] = (instant, zone, options) => {
    const key = zone + JSON.stringify(options);
    const made = dates.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: zone, hourCycle: 'h23' });
    dates.set(key, made);
    return made.format(instant);
  };
  const dateOptions = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;
  const timeOptions = { hour: '2-digit', minute: '2-digit' } as const;
  return {
    number: (value, kind = 'count') => {
      if (value === null || value === undefined || Number.isNaN(value)) return unknown;
      return kind === 'bytes' ? bytes(value, language) : numeral(kind, false).format(value);
    },
    change: (value, kind) => (kind === 'bytes' ? bytes(value, language) : numeral(kind, true).format(value)),
    part,
    date: (instant, zone) => part(Number(instant), zone, dateOptions),
    dateTime: (instant, zone) => `${part(Number(instant), zone, dateOptions)} ${part(Number(instant), zone, timeOptions)}`,
    time: (instant, zone) => part(Number(instant), zone, timeOptions),
    day: (date) => part(Date.parse(`${date}T12:00:00Z`), 'UTC', { day: 'numeric', month: 'short', year: 'numeric' }),
    duration: (milliseconds) => duration(milliseconds, language),
  };
}

function bytes(value: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
  const options = { style: 'unit', unit: units[step] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: step > 1 ? 1 : 0 } as const;
  return new Intl.NumberFormat(language, options).format(value / 1000 ** step);
}

function duration(milliseconds: number, language: string): string {
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
  const seconds = milliseconds / 1000;
  if (seconds < 60) return unit(seconds, 'second', seconds < 10 ? 1 : 0);
  if (seconds < 3600) return `${unit(Math.floor(seconds / 60), 'minute')} ${unit(Math.round(seconds % 60), 'second')}`;
  return `${unit(Math.floor(seconds / 3600), 'hour')} ${unit(Math.round((seconds % 3600) / 60), 'minute')}`;
}

const made = new Map<string, Format>();

function formatFor(language: string): Format {
  const format = made.get(language) ?? makeFormat(language);
  made.set(language, format);
  return format;
}

export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatFor(language), [language]);
}
