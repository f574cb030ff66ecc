import { binomial, createRandom, gamma, poisson, type Random } from '../../numerics/statistics/random.ts';

/** A source of calls that behaves like a project of a real call centre. */
export interface LifelikeSource {
  name: string;
  callsPerDay: number;
  /** Mean talk time of a call, in seconds; 180 by default. */
  talkSeconds?: number;
  /** Share of callers who hang up on an ordinary day; 0.06 by default. */
  abandonment?: number;
  /** Open on weekdays 09:00–19:00 only; else around the clock. */
  officeHours?: boolean;
}

export interface LifelikeOptions {
  seed: number;
  sources: readonly LifelikeSource[];
  /** Clock reading of the first interval, `YYYY-MM-DDTHH:MM`. */
  start: string;
  intervalMinutes: number;
  /** How many intervals of time. */
  intervals: number;
  /** Intervals without calls give a row too. */
  keepEmpty?: boolean;
}

/** One interval of one source; all sums belong to each other as in a report. */
export interface LifelikeInterval {
  /** The clock reading of its start as milliseconds of UTC. */
  time: number;
  source: number;
  offered: number;
  handled: number;
  answeredInThreshold: number;
  abandoned: number;
  abandonedIn5s: number;
  failed: number;
  talkSeconds: number;
  outboundTalkSeconds: number;
  holdSeconds: number;
  wrapSeconds: number;
  waitHandledSeconds: number;
  maxWaitHandledSeconds: number;
  waitAbandonedSeconds: number;
  maxWaitAbandonedSeconds: number;
}

/** Calls per hour of a day, in thousandths of the day: a quiet night, a peak before noon and a lower one after. */
const hours = [9, 6, 4, 3, 4, 7, 15, 30, 52, 72, 84, 88, 82, 76, 74, 72, 68, 62, 54, 46, 37, 27, 17, 11];
const hoursSum = hours.reduce((sum, hour) => sum + hour, 0);
/** Sunday first. */
const weekdays = [0.52, 1.22, 1.16, 1.12, 1.1, 1.14, 0.74];
const minutesPerDay = 1440;
const threshold = 20;

/** Share of a day's calls in a stretch that begins at this minute of the day; the hours' shares run into each other. */
function dayShare(minute: number, length: number): number {
  const at = minute / 60 - 0.5;
  const hour = Math.floor(at);
  const here = hours[(hour + 24) % 24]!;
  const next = hours[(hour + 1) % 24]!;
  return ((here + (next - here) * (at - hour)) / hoursSum) * (length / 60);
}

/** Expected calls of a source: time of day, weekday and season. */
function expectedCalls(source: LifelikeSource, time: number, intervalMinutes: number): number {
  const date = new Date(time);
  const minute = date.getUTCHours() * 60 + date.getUTCMinutes();
  const weekday = date.getUTCDay();
  if (source.officeHours && (weekday === 0 || weekday === 6 || minute < 9 * 60 || minute >= 19 * 60)) return 0;
  const dayOfYear = (time - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000;
  const season = 1 + 0.12 * Math.cos((2 * Math.PI * (dayOfYear - 20)) / 365.25);
  return source.callsPerDay * weekdays[weekday]! * season * dayShare(minute + intervalMinutes / 2, intervalMinutes);
}

/** Total and longest of so many waits, each between `least` and `most` seconds. */
function waits(random: Random, count: number, least: number, most: number, mean: number): { total: number; longest: number } {
  if (count === 0) return { total: 0, longest: 0 };
  const longest = Math.min(most, Math.max(least, Math.round(least + gamma(random, 1 + Math.log(count), mean))));
  const rest = Math.round(gamma(random, 2 * (count - 1), mean / 2)) + least * (count - 1);
  return { total: longest + Math.min(rest, longest * (count - 1)), longest };
}

/** The calls of one interval. `load` above 1 makes a bad day: more waiting and more who hang up. */
function interval(random: Random, settings: LifelikeSource, time: number, source: number, offered: number, load: number): LifelikeInterval {
  const talk = settings.talkSeconds ?? 180;
  const abandoned = binomial(random, offered, Math.min(0.6, (settings.abandonment ?? 0.06) * load));
  const abandonedIn5s = binomial(random, abandoned, 0.22);
  const handled = offered - abandoned;
  const answeredInThreshold = binomial(random, handled, Math.max(0.2, 0.9 - 0.08 * load));
  const quick = waits(random, answeredInThreshold, 0, threshold, 6);
  const slow = waits(random, handled - answeredInThreshold, threshold + 1, 900, 25 * load);
  const gone = waits(random, abandonedIn5s, 1, 5, 2);
  const tired = waits(random, abandoned - abandonedIn5s, 6, 900, 55 * load);
  const held = binomial(random, handled, 0.18);
  return {
    time,
    source,
    offered,
    handled,
    answeredInThreshold,
    abandoned,
    abandonedIn5s,
    failed: 0,
    talkSeconds: Math.round(gamma(random, 1.6 * handled, talk / 1.6)),
    outboundTalkSeconds: Math.round(gamma(random, binomial(random, handled, 0.05), 45)),
    holdSeconds: Math.round(gamma(random, held, 38)),
    wrapSeconds: Math.round(gamma(random, handled, talk * 0.09)),
    waitHandledSeconds: quick.total + slow.total,
    maxWaitHandledSeconds: Math.max(quick.longest, slow.longest),
    waitAbandonedSeconds: gone.total + tired.total,
    maxWaitAbandonedSeconds: Math.max(gone.longest, tired.longest),
  };
}

/**
 * Intervals of calls in order of time, then of source. Volumes are Poisson around the expected ones, which vary more
 * than that from day to day (a gamma factor per day and source), as in real call centres. The same options give the
 * same intervals.
 */
export function* lifelikeIntervals(options: LifelikeOptions): Generator<LifelikeInterval> {
  const { sources, intervalMinutes } = options;
  const random = createRandom(options.seed);
  const start = Date.parse(`${options.start}:00Z`);
  if (Number.isNaN(start) || intervalMinutes <= 0) throw new RangeError('a start such as 2025-01-24T00:00 and a positive interval are needed');
  const level = new Float64Array(sources.length);
  const load = new Float64Array(sources.length);
  let day = -1;
  for (let i = 0; i < options.intervals; i++) {
    const time = start + i * intervalMinutes * 60_000;
    const today = Math.floor(time / (minutesPerDay * 60_000));
    for (let source = 0; source < sources.length; source++) {
      if (today !== day) {
        level[source] = gamma(random, 90, 1 / 90);
        load[source] = gamma(random, 6, 1 / 6);
      }
      const settings = sources[source]!;
      const calls = poisson(random, expectedCalls(settings, time, intervalMinutes) * level[source]!);
      if (calls > 0 || options.keepEmpty) yield interval(random, settings, time, source, calls, load[source]!);
    }
    day = today;
  }
}
