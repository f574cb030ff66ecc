import type { Notifications } from '../notify/notify.ts';
import { meets, type Change, type Question } from './question.ts';
import type { SharedAnswers } from './shared_answers.ts';

export interface AnswerCacheOptions {
  /** Resolves when every notification of what committed before has been delivered on this node. */
  sync: () => Promise<void>;
  /** What answers may rest on; heard from the start, since also a node that never asks has to tell the others what it changed. */
  topics: readonly string[];
  shared?: SharedAnswers | null;
  maxEntries?: number;
  maxBytes?: number;
}

interface Entry {
  question: Question;
  /** A text until it is kept; then UTF-8, outside the heap: thousands of long strings that live for seconds would be copied by each collection. */
  answer: Promise<Answer>;
  bytes: number;
  until: number;
}

/** JSON, as text or in UTF-8. */
export type Answer = string | Buffer;

export type Outcome = 'hit' | 'shared' | 'miss' | 'bypass';

const maxAnswerBytes = 1_000_000;

/**
 * A longer answer is kept from the second asking on: most are asked once, and each that is kept, or only turned into bytes, brings the next
 * collection of the whole heap nearer (one in 73 answers of 100 kB did, and those beside it waited).
 */
const maxBytesAtOnce = 16_384;

/**
 * Answers of frequent reads. Kept until a change that they rest on is announced, at most as long as their
 * operation says. On the node that writes an answer is never older than its last commit: while a commit is on its way, and until its
 * notifications have come back, this node neither gives nor keeps any. Another node is older by the way of a notification (some
 * milliseconds); one that does not listen keeps nothing.
 */
export class AnswerCache {
  readonly counts: Record<Outcome | 'forgotten', number> = { hit: 0, shared: 0, miss: 0, bypass: 0, forgotten: 0 };
  readonly #entries = new Map<string, Entry>();
  /** Small things that a ground is made of, such as the id behind a code; any change that is announced clears them all. */
  readonly #facts = new Map<string, Promise<unknown>>();
  /** Questions whose long answers were given once and not kept. */
  readonly #askedOnce = new Set<string>();
  readonly #options: AnswerCacheOptions;
  #bytes = 0;
  #commits = 0;
  #isListening = true;

  constructor(notifications: Notifications, options: AnswerCacheOptions) {
    this.#options = options;
    for (const topic of options.topics) notifications.on(topic, (notification) => this.#forget(notification));
  }

  get size(): { entries: number; bytes: number } {
    return { entries: this.#entries.size, bytes: this.#bytes };
  }

  /** The kept answer, or the one that `load` makes; callers at the same time share one load. */
  async answer(question: () => Promise<Question>, key: string, load: () => Promise<string>): Promise<Answer> {
    if (!this.#isOpen()) return this.#count('bypass', load());
    const kept = this.#entries.get(key);
    if (kept !== undefined && kept.until > performance.now()) return this.#count('hit', kept.answer);
    const asked = await question();
    if (!this.#isOpen()) return this.#count('bypass', load());
    const meanwhile = this.#entries.get(key);
    if (meanwhile !== undefined && meanwhile.until > performance.now()) return this.#count('hit', meanwhile.answer);
    const answer = this.#load(asked, load);
    this.#keep({ question: asked, answer, bytes: 0, until: performance.now() + asked.seconds * 1000 });
    return answer;
  }

  /** What a ground is made of, asked of the database once between two changes; for use inside the question of an answer. */
  fact<T>(name: string, load: () => Promise<T>): Promise<T> {
    const known = this.#facts.get(name);
    if (known !== undefined) return known as Promise<T>;
    if (this.#facts.size >= (this.#options.maxEntries ?? 5_000)) this.#facts.clear();
    const fact = load();
    this.#facts.set(name, fact);
    // A failed load is not kept.
    fact.catch(() => this.#facts.delete(name));
    return fact;
  }

  /** To be called before a commit of this node is sent; the answer is to be called when it has been answered. */
  commit(): () => void {
    this.#commits++;
    return () => {
      this.#options
        .sync()
        .catch(() => this.clear())
        .finally(() => this.#commits--);
    };
  }

  /** While notifications cannot come nothing is kept. */
  listens(isListening: boolean): void {
    this.#isListening = isListening;
    this.clear();
  }

  clear(): void {
    this.counts.forgotten += this.#entries.size;
    this.#entries.clear();
    this.#facts.clear();
    this.#bytes = 0;
  }

  #isOpen(): boolean {
    return this.#isListening && this.#commits === 0;
  }

  async #load(question: Question, load: () => Promise<string>): Promise<string> {
    const { shared } = this.#options;
    const place = shared?.isUsable === true ? await shared.placeOf(question.key, question.ground) : null;
    if (shared && place !== null) {
      const found = await shared.read(place);
      if (found !== null && this.#isOpen()) return this.#count('shared', found);
    }
    const answer = await this.#count('miss', load());
    if (shared && place !== null && answer.length <= maxAnswerBytes) void shared.write(place, answer, question.seconds);
    return answer;
  }

  #keep(entry: Entry): void {
    const { key } = entry.question;
    this.#drop(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > (this.#options.maxEntries ?? 5_000)) this.#drop(this.#entries.keys().next().value!);
    entry.answer.then(
      (answer) => {
        if (this.#entries.get(key) !== entry) return;
        const bytes = Buffer.byteLength(answer);
        if (bytes > maxAnswerBytes || (bytes > maxBytesAtOnce && !this.#wasAsked(key))) {
          this.#drop(key);
          return;
        }
        entry.answer = Promise.resolve(Buffer.from(answer));
        entry.bytes = bytes;
        this.#bytes += bytes;
        while (this.#bytes > (this.#options.maxBytes ?? 64_000_000)) this.#drop(this.#entries.keys().next().value!);
      },
      // A failed load is not kept.
      () => {
        if (this.#entries.get(key) === entry) this.#drop(key);
      },
    );
  }

  /** Whether it was asked before; else it is noted. */
  #wasAsked(key: string): boolean {
    if (this.#askedOnce.delete(key)) return true;
    if (this.#askedOnce.size >= (this.#options.maxEntries ?? 5_000)) this.#askedOnce.clear();
    this.#askedOnce.add(key);
    return false;
  }

  #drop(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }

  #forget(change: Change): void {
    this.#facts.clear();
    for (const [key, { question }] of this.#entries) {
      if (!meets(change, question.ground)) continue;
      this.#drop(key);
      this.counts.forgotten++;
    }
    void this.#options.shared?.change(change);
  }

  #count<T>(outcome: Outcome, value: T): T {
    this.counts[outcome]++;
    return value;
  }
}
