import { monotonicMs } from '../clock/clock.ts';

/** Told what is being done, now and then; a terminal shows it in one line, a job's log not at all. */
export type Tell = (text: string) => void;

/** Turns counts of bytes into `copying out: 34 % · 85 MB/s · 12 s left`, at most twice a second. */
export class Progress {
  readonly #what: string;
  readonly #total: number;
  readonly #tell: Tell;
  readonly #start = monotonicMs();
  #done = 0;
  #told = 0;

  constructor(what: string, total: number, tell: Tell) {
    this.#what = what;
    this.#total = total;
    this.#tell = tell;
  }

  readonly add = (count: number): void => {
    this.#done += count;
    const at = monotonicMs();
    if (at - this.#told < 500 || at - this.#start < 500) return;
    this.#told = at;
    this.#tell(progressText(this.#what, this.#done, this.#total, at - this.#start));
  };
}

function progressText(what: string, done: number, total: number, elapsedMs: number): string {
  const rate = (done / Math.max(elapsedMs, 1)) * 1000;
  const pct = total > 0 ? Math.min(99, Math.floor((100 * done) / total)) : 0;
  const left = rate > 0 ? Math.max(0, total - done) / rate : 0;
  return `${what}: ${pct} % · ${sizeText(rate)}/s · ${durationText(left)} left`;
}

export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}

export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
