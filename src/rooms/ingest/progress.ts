import { monotonicMs } from '../../platform/clock/clock.ts';
import type { Db } from '../../platform/db/pool.ts';

export type Phase = 'reading' | 'checking' | 'loading' | 'folding';

/** What a caller hears while an import runs. */
export interface ImportProgress {
  batch_id: string;
  phase: Phase;
  progress_pct: number;
  rows: number;
  rows_per_second: number;
  seconds_left: number | null;
}

/** The share of the whole at which each phase begins; measured on a million rows. */
const begins: Record<Phase, number> = { reading: 0, checking: 35, loading: 65, folding: 100 };
const pauseMs = 250;

/** Tells how far an import is, at most four times a second, on a connection of its own: the import's transaction is not visible yet. */
export class ProgressReporter {
  readonly #db: Db;
  readonly #batchId: string;
  readonly #hear: (progress: ImportProgress) => void;
  readonly #startedMs = monotonicMs();
  #lastMs = Number.NEGATIVE_INFINITY;
  #writing: Promise<unknown> = Promise.resolve();
  #isWriting = false;
  #rows = 0;
  #rate = 0;

  constructor(db: Db, batchId: string, hear: (progress: ImportProgress) => void = () => {}) {
    this.#db = db;
    this.#batchId = batchId;
    this.#hear = hear;
  }

  reading(rows: number, share: number): void {
    this.#rows = rows;
    this.#rate = Math.round(rows / Math.max(0.001, (monotonicMs() - this.#startedMs) / 1000));
    const ms = monotonicMs();
    if (this.#isWriting || ms - this.#lastMs < pauseMs) return;
    this.#tell('reading', share * begins.checking);
  }

  phase(phase: Phase): void {
    this.#tell(phase, begins[phase]);
  }

  /** The rows are committed; what follows only makes readers faster. */
  committed(): void {
    this.#hear({
      batch_id: this.#batchId,
      phase: 'folding',
      progress_pct: begins.folding,
      rows: this.#rows,
      rows_per_second: this.#rate,
      seconds_left: 0,
    });
  }

  /** Nothing is written after this resolves. */
  async end(): Promise<void> {
    await this.#writing;
  }

  #tell(phase: Phase, percent: number): void {
    const ms = monotonicMs();
    this.#lastMs = ms;
    const spent = (ms - this.#startedMs) / 1000;
    const left = percent > 1 ? Math.ceil((spent / percent) * (100 - percent)) : null;
    const progress = {
      batch_id: this.#batchId,
      phase,
      progress_pct: Math.round(percent * 100) / 100,
      rows: this.#rows,
      rows_per_second: this.#rate,
      seconds_left: left,
    };
    this.#hear(progress);
    this.#isWriting = true;
    // Progress is for people: that it could not be written is no reason to stop an import.
    this.#writing = this.#writing
      .then(() => this.#db.query('select ingest.note_progress($1, $2, $3, $4, $5)', [this.#batchId, phase, progress.progress_pct, this.#rate, left]))
      .catch(() => {})
      .finally(() => (this.#isWriting = false));
  }
}
