/**
 * The only clock. A test freezes it; while it is frozen every pooled database connection gets the same moment as
 * `qh.now`, so that SQL (`platform.now()`) and TypeScript agree.
 */

let frozen: Date | null = null;

export function now(): Date {
  return frozen ? new Date(frozen) : new Date();
}

/** Freezes the clock; null lets it run again. For tests. */
export function setNow(moment: Date | string | null): void {
  frozen = moment === null ? null : new Date(moment);
  if (frozen && Number.isNaN(frozen.getTime())) throw new RangeError(`not a moment: ${String(moment)}`);
}

/** The frozen moment, or null while the clock runs. */
export function frozenNow(): Date | null {
  return frozen;
}

/** Milliseconds that only go forward, for durations. */
export function monotonicMs(): number {
  return performance.now();
}
