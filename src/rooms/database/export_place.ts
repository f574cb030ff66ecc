import path from 'node:path';

/** Hours for which the file of an export is kept. */
export const keepHours = 24;

export const exportFolder = (dataDir: string): string => path.join(dataDir, 'exports');

/** Where the file of an export lies until it expires. */
export const exportPath = (dataDir: string, exportId: string): string => path.join(exportFolder(dataDir), exportId);
