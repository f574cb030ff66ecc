import { mapSource, unmapSource } from '../../../../src/rooms/org/contract.ts';
import { call, queryClient } from '../../client.ts';
import type { Source } from './queries.ts';

export interface Mapping {
  /** Code of a queue; null: no queue. */
  queue: string | null;
  /** Civil date from which it holds; undefined: the whole history. */
  from?: string | undefined;
}

/** Points sources to a queue and gives back what undoes it. */
export async function mapAll(sources: Source[], { queue, from }: Mapping): Promise<() => Promise<void>> {
  const done: Source[] = [];
  try {
    for (const { source_id } of sources) {
      const after = await call(mapSource, { source_id, queue, ...(from ? { valid_from: from } : { replace: true }) });
      done.push(after);
    }
  } finally {
    await forgetMappings();
  }
  return async () => {
    await Promise.all(
      done.map((after) =>
        restore(
          sources.find(({ source_id }) => source_id === after.source_id),
          after,
        ),
      ),
    );
    await forgetMappings();
  };
}

/** Takes away what was added and puts back what was there, mapping by mapping. */
async function restore(before: Source | undefined, after: Source): Promise<void> {
  if (!before) return;
  const { source_id } = before;
  for (const { valid_from } of after.mappings) {
    if (!before.mappings.some((old) => old.valid_from === valid_from)) await call(unmapSource, { source_id, ...(valid_from ? { valid_from } : {}) });
  }
  for (const { valid_from, group_id } of before.mappings) {
    const now = after.mappings.find((one) => one.valid_from === valid_from);
    if (now?.group_id !== group_id || !now) await call(mapSource, { source_id, group_id, ...(valid_from ? { valid_from } : {}) });
  }
}

export async function forgetMappings(): Promise<void> {
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => /^(org|statistics)\./.test(String(queryKey[0])) });
}
