import type { AnyOperation } from './operation.ts';

/** A post that waits for its answer, which is JSON text. */
interface Waiting<T> {
  post: T;
  rows: number;
  settle: (outcome: Promise<string>) => void;
}

const mostRowsOfAPost = 50;
const mostRowsTogether = 1000;

/** Writes posts together, in one transaction: the outcome of each, in their order. */
type WriteTogether<T> = (posts: readonly T[]) => Promise<PromiseSettledResult<string>[]>;

/**
 * Small posts of one caller that come while another of theirs is being written wait for it and are then written together: many
 * callers who post a row each pay for one commit instead of one each, and nobody waits for a timer.
 */
export class Gatherer<T> {
  /** Who waits, for each kind of post that is being written. */
  readonly #queues = new Map<string, Waiting<T>[]>();
  readonly #write: WriteTogether<T>;

  constructor(write: WriteTogether<T>) {
    this.#write = write;
  }

  /** The answer to a post of so many rows; posts under one name may be written together. */
  answer(name: string, post: T, rows: number): Promise<string> {
    if (rows > mostRowsOfAPost) return this.#alone(post);
    const queue = this.#queues.get(name);
    if (queue !== undefined) return new Promise((resolve) => queue.push({ post, rows, settle: resolve }));
    this.#queues.set(name, []);
    return this.#alone(post).finally(() => void this.#next(name));
  }

  async #alone(post: T): Promise<string> {
    const [outcome] = await this.#write([post]);
    return given(outcome!);
  }

  async #next(name: string): Promise<void> {
    const queue = this.#queues.get(name)!;
    while (queue.length > 0) {
      const together = queue.splice(0, countWithin(queue));
      const outcomes = this.#write(together.map(({ post }) => post));
      together.forEach(({ settle }, at) => settle(outcomes.then((all) => given(all[at]!))));
      await outcomes.catch(() => {});
    }
    this.#queues.delete(name);
  }
}

const given = (outcome: PromiseSettledResult<string>): string => {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
};

/** How many of those that wait fit into one write; at least one. */
function countWithin(queue: readonly Waiting<unknown>[]): number {
  let rows = 0;
  const past = queue.findIndex((waiting) => (rows += waiting.rows) > mostRowsTogether);
  return past < 0 ? queue.length : Math.max(1, past);
}

/** Under what name posts may be written together: operation, caller and whatever they say beside their rows. */
export function gatheringName(operation: AnyOperation, input: Record<string, unknown>, principalId: string): string {
  return JSON.stringify([
    operation.name,
    principalId,
    Object.entries({ ...input, [operation.gather!.rows]: null }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}
