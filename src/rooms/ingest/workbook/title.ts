import type { ReportTitle } from './events.ts';

const day = '(\\d{2})\\.(\\d{2})\\.(\\d{4})(?:\\s+\\d{1,2}:\\d{2}(?::\\d{2})?)?';
const range = new RegExp(`${day}\\s*(?:по|до|to|-|–|—)\\s*${day}`, 'iu');
const offset = /\(\s*(?:UTC|GMT)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?\s*\)/iu;

/** The ISO form of a day that exists, else undefined. */
function isoDay(dd = '', mm = '', yyyy = ''): string | undefined {
  const iso = `${yyyy}-${mm}-${dd}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? undefined : iso;
}

function parse(text: string): ReportTitle {
  const title: ReportTitle = { text };
  const days = range.exec(text);
  const from = days ? isoDay(days[1], days[2], days[3]) : undefined;
  const to = days ? isoDay(days[4], days[5], days[6]) : undefined;
  if (from && to && from <= to) {
    title.from = from;
    title.to = to;
  }
  const clock = offset.exec(days ? text.slice(days.index + days[0].length) : text);
  if (clock) {
    const minutes = Number(clock[2]) * 60 + Number(clock[3] ?? 0);
    if (minutes <= 14 * 60 && Number(clock[3] ?? 0) < 60) title.utcOffsetMinutes = clock[1] === '+' ? minutes : 0 - minutes;
  }
  return title;
}

/** The title among the texts that stand above the header: the first one with dates, else the first one. */
export function reportTitle(texts: readonly string[]): ReportTitle | null {
  const titles = texts.map((text) => parse(text.replace(/\s+/gu, ' ').trim())).filter((title) => title.text !== '');
  return titles.find((title) => title.from) ?? titles[0] ?? null;
}
