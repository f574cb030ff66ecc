/** The inputs with their truth that lie beside the repository; a clone elsewhere may lack them. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = process.env.SHARED_DIR ?? resolve(import.meta.dirname, '..', '..', 'shared');

/** The folder, or null. */
export const sharedDir: string | null = existsSync(join(folder, 'data')) ? folder : null;

/** A path in the folder; for tests that run only with it. */
export function sharedPath(...parts: string[]): string {
  return join(folder, ...parts);
}

/** For `describe.skipIf(skipWithoutShared())`. With CI=true a missing folder is a failure. */
export function skipWithoutShared(): boolean {
  if (sharedDir !== null) return false;
  if (process.env.CI === 'true') throw new Error(`${folder} is missing; with CI=true nothing is skipped. SHARED_DIR names another place.`);
  return true;
}
