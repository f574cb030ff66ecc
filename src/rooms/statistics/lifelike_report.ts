import type { LifelikeInterval } from './lifelike.ts';

/** The values of one report row in the order of the declared columns; the period as milliseconds, or the totals row's word. */
export type ReportValues = (number | string | null)[];

/** Half up, in whole numbers: what binary fractions would round now this way, now that. */
function divide(part: number, whole: number, scale: number): number {
  return whole === 0 ? 0 : Math.floor((2 * part * scale + whole) / (2 * whole)) / (scale === 1 ? 1 : 10);
}

const percent = (part: number, whole: number) => divide(part, whole, 1000);
const tenths = (part: number, whole: number) => divide(part, whole, 10);

/** The 27 columns of the Argus report “Входящие проекты” for one interval; shares and averages as the report prints them. */
export function reportValues(row: LifelikeInterval, period: number | string, name: string | null): ReportValues {
  const { offered, handled, abandoned, wrapSeconds } = row;
  const handle = row.talkSeconds + row.outboundTalkSeconds + row.holdSeconds;
  return [
    period,
    name,
    offered,
    handled,
    percent(handled, offered),
    percent(handled, offered - row.abandonedIn5s),
    row.answeredInThreshold,
    percent(row.answeredInThreshold, offered),
    percent(row.answeredInThreshold, handled),
    abandoned,
    row.abandonedIn5s,
    percent(abandoned, offered),
    row.failed,
    row.talkSeconds,
    row.outboundTalkSeconds,
    row.holdSeconds,
    handle,
    divide(handle, handled, 1),
    wrapSeconds,
    handle + wrapSeconds,
    divide(handle + wrapSeconds, handled, 1),
    row.waitHandledSeconds,
    tenths(row.waitHandledSeconds, handled),
    row.maxWaitHandledSeconds,
    row.waitAbandonedSeconds,
    abandoned === 0 ? null : tenths(row.waitAbandonedSeconds, abandoned),
    row.maxWaitAbandonedSeconds,
  ];
}

/** The five columns A–E for one interval: averages are per call, whole seconds. Here every twelfth call is a repeated one. */
export function loadValues(row: LifelikeInterval): ReportValues {
  const unique = row.offered - Math.floor(row.offered / 12);
  return [row.time, unique, row.offered, divide(row.talkSeconds, row.offered, 1), divide(row.wrapSeconds, row.offered, 1)];
}

/** Adds an interval to the totals: sums, and the longest waits. */
export function addToTotals(totals: LifelikeInterval, row: LifelikeInterval): void {
  totals.offered += row.offered;
  totals.handled += row.handled;
  totals.answeredInThreshold += row.answeredInThreshold;
  totals.abandoned += row.abandoned;
  totals.abandonedIn5s += row.abandonedIn5s;
  totals.failed += row.failed;
  totals.talkSeconds += row.talkSeconds;
  totals.outboundTalkSeconds += row.outboundTalkSeconds;
  totals.holdSeconds += row.holdSeconds;
  totals.wrapSeconds += row.wrapSeconds;
  totals.waitHandledSeconds += row.waitHandledSeconds;
  totals.waitAbandonedSeconds += row.waitAbandonedSeconds;
  totals.maxWaitHandledSeconds = Math.max(totals.maxWaitHandledSeconds, row.maxWaitHandledSeconds);
  totals.maxWaitAbandonedSeconds = Math.max(totals.maxWaitAbandonedSeconds, row.maxWaitAbandonedSeconds);
}

/** Totals of no interval at all. */
export function emptyTotals(): LifelikeInterval {
  return {
    time: 0,
    source: 0,
    offered: 0,
    handled: 0,
    answeredInThreshold: 0,
    abandoned: 0,
    abandonedIn5s: 0,
    failed: 0,
    talkSeconds: 0,
    outboundTalkSeconds: 0,
    holdSeconds: 0,
    wrapSeconds: 0,
    waitHandledSeconds: 0,
    maxWaitHandledSeconds: 0,
    waitAbandonedSeconds: 0,
    maxWaitAbandonedSeconds: 0,
  };
}

/** `Входящие проекты [ c 24.01.2025 по 24.05.2025(+5) ]` for days as `YYYY-MM-DD`. */
export function reportTitleText(from: string, to: string, utcOffsetMinutes: number): string {
  const day = (iso: string) => `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`;
  const minutes = Math.abs(utcOffsetMinutes) % 60;
  const hours = Math.floor(Math.abs(utcOffsetMinutes) / 60);
  const offset = `${utcOffsetMinutes < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
  return `Входящие проекты [ c ${day(from)} по ${day(to)}(${offset}) ]`;
}
