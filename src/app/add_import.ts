import { addBatch } from '../rooms/ingest/add_batch.ts';
import type { AddImport } from '../rooms/database/import_data.ts';

/** Hands a file that came by the database API to the import: batch and job are one transaction. */
export const addImport: AddImport = async (tx, file, { kind, ...options }, { principal, config, jobs }) => {
  const about = {
    createdBy: principal.name,
    askedBy: principal,
    isNarrowed: principal.limits.serviceIds !== null,
    dataDir: config.dataDir,
    kinds: [kind],
    layouts: [kind.name],
  };
  const batchId = await addBatch(tx, file, { ...options, layout: kind.name }, about);
  await jobs.send('ingest.import_batch', { batch_id: batchId }, tx);
  return batchId;
};
