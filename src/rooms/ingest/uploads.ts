import path from 'node:path';

/** Where the file of a batch lies from its upload until it is cleared away. */
export const uploadPath = (dataDir: string, batchId: string): string => path.join(dataDir, 'uploads', `${batchId}.xlsx`);
