import type { Erased, EraseTraces } from '../platform/personal/erased.ts';

/** What imports, kept answers and files of exports hold of a person whom a room erases; handed over to the rooms, because none of them reads all three. */
export const eraseTraces: EraseTraces = async (tx, jobs, batchIds, words) => {
  const [row] = await tx.query<{ done: Erased[] }>(
    'select ingest.erase_person($1, $2) || platform.forget_answers($2) || database.forget_exports($2) as done',
    [batchIds, words],
  );
  // A file goes once the erasure holds; until then it is no longer given.
  await jobs.send('database.clear_exports', {}, tx);
  return row!.done;
};
