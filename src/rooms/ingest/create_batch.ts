import { implement } from '../../platform/contract/implement.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { addBatch } from './add_batch.ts';
import { createBatch } from './contract.ts';
import { kindOf } from './kinds.ts';
import { mayImport, requireImport } from '../../platform/imports/may_import.ts';

/** Takes a file in: the batch and its job are one transaction, the import itself happens in the background. */
export const createBatchVerb = (all: readonly ImportKind[]) =>
  implement(createBatch, (input, context) => {
    const kinds = all.filter((kind) => mayImport(context.principal, kind));
    if (input.layout !== undefined) requireImport(context.principal, kindOf(all, input.layout));
    // A file of another kind is refused by the job: its layout is known only when it is read.
    const layouts = kinds.length < all.length ? kinds.map(({ name }) => name) : undefined;
    return context.effect(async (tx) => {
      const about = {
        createdBy: context.principal.name,
        askedBy: context.principal,
        isNarrowed: context.principal.limits.serviceIds !== null,
        dataDir: context.config.dataDir,
        kinds,
        layouts,
      };
      const batchId = await addBatch(tx, context.file!, input, about);
      await context.jobs.send('ingest.import_batch', { batch_id: batchId }, tx);
      return { batch_id: batchId };
    });
  });
