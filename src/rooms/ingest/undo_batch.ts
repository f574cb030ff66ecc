import type { OutputOf } from '../../platform/contract/operation.ts';
import { callSql } from '../../platform/contract/call.ts';
import { implement } from '../../platform/contract/implement.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { batchRecord } from './import_files.ts';
import { undoBatch } from './contract.ts';
import { requireImport } from '../../platform/imports/may_import.ts';

/** Undoes an import: who may not import a kind of file may not take one back either. */
export const undoBatchVerb = (kinds: readonly ImportKind[]) =>
  implement(undoBatch, async (input, context) => {
    const { layout } = await batchRecord(context, input.batch_id);
    const kind = kinds.find(({ name }) => name === layout);
    if (kind !== undefined) requireImport(context.principal, kind);
    return context.effect(async (tx) => JSON.parse(await callSql({ ...undoBatch, sql: 'api.undo_batch' }, input, tx)) as OutputOf<typeof undoBatch>);
  });
