import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config/config.ts';
import { makeDataDir, secretFile } from '../db/places.ts';
import { QhError } from '../errors.ts';
import { Sealer } from './seal.ts';

/** The preset secret key, or the one in the data folder. */
export function secretKeyOf(config: Pick<Config, 'secretKey' | 'dataDir'>): string {
  return config.secretKey ?? secretFile(path.join(makeDataDir(config.dataDir), 'secret-key'), () => randomBytes(32).toString('base64url'));
}

/** The sealer for the passphrase in a file or in QH_BACKUP_PASSPHRASE; null when there is neither. */
export function sealerOf(config: Pick<Config, 'backupPassphrase'>, passphraseFile: string | undefined): Sealer | null {
  const passphrase = passphraseFile === undefined ? config.backupPassphrase : readPassphrase(passphraseFile);
  return passphrase === null ? null : new Sealer(passphrase);
}

function readPassphrase(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new QhError('bad_request', `--passphrase-file ${file} cannot be read.`, { cause: error });
  }
}
