import type { Implemented } from '../../platform/contract/implement.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { batchErrorsVerb } from './batch_errors.ts';
import { createBatchVerb } from './create_batch.ts';
import { kindsVerb } from './kinds.ts';
import { previewVerb } from './preview.ts';
import { templateVerb } from './template.ts';
import { undoBatchVerb } from './undo_batch.ts';

/** The code behind the operations, for the kinds of file that app hands over. */
export function ingestVerbs(kinds: readonly ImportKind[]): Implemented[] {
  return [createBatchVerb(kinds), previewVerb(kinds), batchErrorsVerb, undoBatchVerb(kinds), kindsVerb(kinds), templateVerb(kinds)];
}
