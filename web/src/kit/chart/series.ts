/** One measured thing over time. Values are NaN where they are unknown; a missing row is a gap between `ends` and the next `starts`. */
export interface Series {
  label: string;
  shape: 'bars' | 'line';
  /** `main` is what is asked about, `pale` what it is compared with, a number one of several queues. */
  tone: 'main' | 'pale' | 'bad' | number;
  starts: Float64Array;
  ends: Float64Array;
  values: Float64Array;
  /** Where each bar begins, for bars on top of each other; zero without it. */
  base?: Float64Array;
}

export interface Pane {
  id: string;
  title: string;
  unit: string;
  format: (value: number) => string;
  /** The same with no more digits than the axis needs. */
  tick: (value: number) => string;
  series: Series[];
  target?: { value: number; label: string } | undefined;
  /** The axis begins at zero, which bars need and lines mostly do not. */
  fromZero: boolean;
  /** The axis never goes higher. */
  ceiling?: number | undefined;
}

export interface Span {
  from: number;
  to: number;
}

/** Index of the first element that is ≥ value. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index range of the buckets that overlap the span. */
export function visible(series: Series, span: Span): [number, number] {
  return [lowerBound(series.ends, span.from + 1), lowerBound(series.starts, span.to)];
}

/** The bucket that holds the instant, else −1. */
export function bucketAt(series: Series, instant: number): number {
  const index = lowerBound(series.ends, instant + 1);
  return index < series.starts.length && (series.starts[index] ?? 0) <= instant ? index : -1;
}

export function nearestBucket(series: Series, instant: number): number {
  const inside = bucketAt(series, instant);
  if (inside >= 0 || series.starts.length === 0) return inside;
  const after = Math.min(series.starts.length - 1, lowerBound(series.starts, instant));
  const before = Math.max(0, after - 1);
  return Math.abs((series.starts[after] ?? 0) - instant) < Math.abs((series.ends[before] ?? 0) - instant) ? after : before;
}

/** Lowest and highest known value in the span, over all series of the pane and its target. */
export function extent(pane: Pane, span: Span): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const series of pane.series) {
    const [first, last] = visible(series, span);
    for (let index = first; index < last; index += 1) {
      const value = (series.values[index] ?? Number.NaN) + (series.base?.[index] ?? 0);
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (pane.target && high >= low) {
    low = Math.min(low, pane.target.value);
    high = Math.max(high, pane.target.value);
  }
  return [low, high];
}
