import { useMutation } from '@tanstack/react-query';
import { problemOf } from '../../client.ts';
import { useText } from '../../i18n/text.ts';
import { offerUndo, tell } from '../../kit/states/undo.tsx';
import { forgetPeople } from './people_queries.ts';

export interface Change {
  /** What to say when it is done. */
  done: string;
  /** Does it, and gives what takes it back where that is possible. */
  run: () => Promise<(() => Promise<unknown>) | undefined>;
}

/** A change of the organisation: done at once, told, and taken back on request. */
export function useChange(onDone?: () => void) {
  const text = useText();
  return useMutation({
    mutationFn: async (change: Change) => ({ change, undo: await change.run() }),
    onSuccess: async ({ change, undo }) => {
      await forgetPeople();
      if (undo === undefined) tell(text, change.done);
      else
        offerUndo(text, change.done, async () => {
          await undo().catch((error: unknown) => tell(text, problemOf(error).detail));
          await forgetPeople();
        });
      onDone?.();
    },
  });
}

/** The fields that differ, for an update that leaves the rest; an empty text removes. */
export function differences<T extends Record<string, unknown>>(before: T, after: T): Partial<T> {
  const changed = Object.entries(after).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
  return Object.fromEntries(changed) as Partial<T>;
}

/** The same fields as they were. */
export function former<T extends Record<string, unknown>>(before: T, changed: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.keys(changed).map((name) => [name, before[name]])) as Partial<T>;
}
