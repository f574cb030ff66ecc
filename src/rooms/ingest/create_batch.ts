import { implement } from '../../platform/contract/implement.ts';
import { addBatch } from './add_batch.ts';
import { createBatch } from './contract.ts';

/** Takes a file in: the batch and its job are one transaction, the import itself happens in the background. */
export const createBatchVerb = implement(createBatch, (input, context) =>
  context.effect(async (tx) => {
    const batchId = await addBatch(tx, context.file!, input, { createdBy: context.principal.name, dataDir: context.config.dataDir });
    await context.jobs.send('ingest.import_batch', { batch_id: batchId }, tx);
    return { batch_id: batchId };
  }),
);
