import type { EraseTraces } from '../rooms/marketplace/verbs.ts';
import type { Erased } from '../platform/personal/registry.ts';

/** What imports and kept answers hold of a person whom another room erases. */
export const eraseTraces: EraseTraces = async (tx, batchIds, words) => {
  const [row] = await tx.query<{ done: Erased[] }>('select ingest.erase_person($1, $2) || platform.forget_answers($2) as done', [batchIds, words]);
  return row!.done;
};
