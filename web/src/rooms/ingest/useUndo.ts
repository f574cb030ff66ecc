import { useMutation } from '@tanstack/react-query';
import { undoBatch } from '../../../../src/rooms/ingest/contract.ts';
import { call, problemOf } from '../../client.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { offerUndo, tell } from '../../kit/states/undo.tsx';
import { type Batch, fileOf, forgetFigures, handIn } from './queries.ts';

/** Undoes an import at once; while the page still has the file, that can be taken back too. */
export function useUndo() {
  const text = useText();
  const format = useFormat();
  return useMutation({
    mutationFn: (batch: Batch) => call(undoBatch, { batch_id: batch.batch_id }),
    onSuccess: async ({ rows_deleted, rows_restored }, batch) => {
      await forgetFigures();
      const what = text('batch.undoneToast', { file: batch.filename, deleted: format.number(rows_deleted), restored: format.number(rows_restored) });
      const kept = fileOf(batch.batch_id);
      if (kept) offerUndo(text, what, () => handIn(kept.file, kept.options));
      else tell(text, what);
    },
    onError: (error) => tell(text, problemOf(error).detail),
  });
}
